"""Everyday words, which are no names though a sentence begins with them. English and Spanish, folded, mostly as base forms."""

from __future__ import annotations

_ACRONYM_WORDS = """
OK AI API APP CEO CTO CFO COO CI CD CLI CPU GPU CSS CSV DB DM DNS EN ES EU FAQ FYI GB GUI HTML HTTP HTTPS ID IDE IMO
IO IT JSON KB MB ML LLM OS OSS PC PDF PM PR QA RAM REST RFC ROI SDK SQL SSH TB TLDR TL DR TODO UI URL US UX VC VP
YAML XML EOF PS NB RT USA UK AM WIP MVP SaaS SAAS B2B Q A
"""

_ENGLISH_WORDS = """
a able about above absolutely accept accident accord account achieve across act action active actual actually add
address adopt advance advice after afternoon again against age ago agree ahead aim air all allow almost alone along
already also although always am amaze among amount an analysis and anger angry announce annual another answer
anticipate any anybody anyone anything anyway apart apparently appear apply approach approve are area arent argue
arm around arrive art article as aside ask assume at attach attack attempt attend attention author automatic
available average avoid awake aware away awesome awful baby back background bad balance ball bar base basic
basically batch be bear beat beautiful beauty became because become bed been before began begin behave behind being
believe benefit best bet better between beyond big bill billion bit bite black blame blind block blog blue board
body bold book boost boot bore borrow both bother bottom bought box brain branch break bridge brief bright brilliant
bring broad broke broken brother brought budget bug build built bullet bunch burn business busy but buy by cache
calendar call came campaign can cancel cannot cant capture car card care career careful carry case cash catch cause
caution celebrate center central century certain chain challenge chance change channel chapter charge chart chase
chat cheap check child children choice choose chose circle city claim class classic clean clear clever click client
close cloud club code coffee cold collect college color column combine come comfort coming comment commit common
community company compare compete complete complex compute concept concern conclude condition conference confident
confirm confuse congrat congratulations connect consider consistent constant contact contain content context
continue contract contribute contributor control conversation convert convince cool copy core correct cost could
couldnt count couple course cover craft crash crazy create creative credit crisis critical cross crowd crucial
culture curious current customer cut cycle daily damage danger dark data database date daughter day dead deal dear
death debate debug decade decide decision deep default defend define definite degree delay delete deliver demand
demo deny depend deploy depth describe deserve design desk despite detail detect determine develop developer device
did didnt die differ difference different difficult dig direct dirt disappear disaster discover discuss disk dive
divide do doc document does doesnt dog dollar domain done dont door double doubt down download dozen draft drag
drain draw dream drive drop dry due dull dump during duty each eager ear early earn ease easier east easy eat edge
edit editor education effect efficient effort eight eighteen eighty either elegant eleven else email embrace emerge
emotion empty enable encourage end endless enemy energy engage engine engineer enjoy enormous enough ensure enter
enterprise entire environment equal error escape especially essential establish estimate even evening event eventual
ever every everybody everyone everything everywhere evidence evolve exact exactly example excellent except exchange
excite exclude excuse execute exercise exist exit expand expect expensive experience experiment expert explain
explore export express extend extra extract extreme eye face fact factor fail failure fair faith fall false familiar
family famous fan fancy far fascinate fast faster fat father fault favor favorite fear feature fed feed feel feet
fell felt fetch few fewer field fifteen fifty fight figure file fill filter final finally finance find fine finger
finish fire firm first fish fit five fix flag flat flaw flex flip floor flow fly focus fold folk folks follow food
fool foot for force forget forgot form formal former forth fortunate forty forward fought found foundation founder
four fourteen frame free freedom frequent fresh friend friendly from front fuel full fully fun function fund funny
further future gain game gap gather gave general generate gentle get giant gift girl give given glad glance glass
global go goal god goes gold gone good got govern grab grade grand grant graph grass grateful gray great green grew
ground group grow growth guarantee guess guest guide guy had hadnt half hall hand handle hang happen happy hard
harder hardest hardly hardware has hasnt hate have havent he head health hear heard heart heat heavy held hello help
hence her here heres hero hers herself hes hey hi hidden hide high highlight him himself hint hire his history hit
hobby hold hole home honest honor hook hope horrible hospital host hot hour house how however huge human hundred
hungry hunt hurry hurt i id idea ideal if ignore im image imagine immediate impact import impossible impress improve
in incident include income increase incredible indeed independent individual industry inevitable influence inform
initial inner innovate input insert inside insight insist inspire install instance instant instead integrate
intelligent intend interest interface internal internet interview into introduce invent invest invite involve is
isnt isolate issue it item iterate its itself ive job join joint joke journey joy judge jump june just justice keep
kept key kick kid kill kind king knew knife know known lab label lack lady land language large last late latency
later latest laugh launch law lay lazy lead leader leak lean leap learn least leave led left leg legacy legal less
lesson let lets letter level library lie life lift light like likely limit line link list listen literal little live
load loan local lock log logic logo long longer look loop loose lose loss lost lot loud love low lower luck lucky
lunch machine mad made magic mail main mainly maintain maintainer major make male man manage manager manual many map
mark market marry mass massive master match mate material matter max maximum may maybe me mean meant measure meat
media medium meet member memory men mental mention merge mess message met metal method metric middle midnight might
migrate milestone million mind mine minimum minor minute miss mistake mix mobile mode model modern modest modify
module mom moment money monitor month mood moral more morning most mostly mother motivate motor mountain mouth move
movie much multiple music must my myself name narrow nation native natural nature near nearly neat necessary neck
need negative neither nervous net network never new newer news next nice night nine nineteen ninety no nobody node
noise none nor normal north not note nothing notice notify novel now nowhere number object observe obvious obviously
occasion occur odd of off offer office official offline often oh oil okay old older on once one online only onto
open operate operation opinion opportunity opposite opt optimize option or orange order ordinary organize origin
original other others otherwise ought our ours ourselves out outage outcome output outside over overall overnight
own owner pace pack package page paid pain paint pair panel panic paper parallel parent park parse part partial
participant particular partner party pass passion past paste patch path patient pattern pause pay peace peak people
per percent perfect perform perhaps period permanent permit person personal perspective phase phone photo phrase
pick picture piece pilot pipeline pitch pivot place plain plan plane planet platform play please pleasure plenty
plot plug plus point policy polite politics pool poor pop popular population port portion pose positive possible
post pot potential pound pour power practical practice pray predict prefer prepare present press pressure pretty
prevent previous price pride primary print prior priority private prize probable probably problem proceed process
produce product production professor profile profit program programmer progress project promise promote prompt proof
proper property propose protect protest proud prove provide public publish pull pure purpose push put python quality
quantity quarter query quest question queue quick quickly quiet quit quite quote race rain raise ran random range
rank rapid rare rarely rate rather raw reach react read reader reading ready real reality realize really reason
rebuild recall receive recent recently recipe recommend record recover red redesign reduce refactor refer reflect
refuse regard region register regret regular reject relate relationship relax release relevant reliable relief rely
remain remarkable remember remind remote remove rename render rent repair repeat replace reply report repository
represent reproduce request require research reserve reset resist resolve resource respect respond response rest
restart result retire retry return reveal revenue reverse review revise reward rewrite rich ride right ring rise
risk road rock role roll rollout room root rough round route routine row rule run rush sad safe said sail salary
sale same sample sat save saw say scale scan scare scary scene schedule school science scientist scope score scratch
scream screen script sea search season seat second secret section secure security see seed seek seem seen segment
select self sell send senior sense sent sentence separate series serious serve server service session set settle
setup seven seventeen seventy several severe shake shall shape share sharp she shell shes shift shine ship shock
shoot shop short shot should shouldnt shout show shut sick side sight sign signal silence silent silly similar
simple simply since sing single sir sit site situation six sixteen sixty size skill skip sky sleep slice slide
slight slow slower small smaller smart smell smile smooth snow so social soft software solid solution solve some
somebody somehow someone something sometime sometimes somewhat somewhere son song soon sorry sort soul sound source
south space spam spare speak special specific speed spend spent spirit spite split spoke spot spread spring stable
stack staff stage stale stand standard star stare start startup state statement station status stay steady steal
step stick still stock stood stop storage store storm story straight strange strategy stream street strength stress
stretch strict strike string strong struck structure struggle stuck student study stuff stupid style subject submit
subscribe succeed success such sudden suddenly suffer sufficient suggest suit sum summary summer sun super supply
support suppose sure surface surprise survey survive suspect swap sweet swim switch symbol sync system table take
taken talent talk tall tape target task taste taught tax teach team tear technical technique technology tell ten
tend term terrible test text than thank thanks that thats the theme theory there therefore theres these they theyll
theyre theyve thick thin thing think third thirteen thirty this those though thought thousand thread threat three
threw through throughout throw thus ticket tie tight till time tiny tip tire title tldr to today together token told
tomorrow tone tonight too took tool top topic toss total touch tough tour toward towards town track trade tradition
traffic train transfer transform translate transparent trap travel treat tree trend trial trick trigger trip trouble
true truly trust truth try tuesday tune turn turns tutorial twelve twenty twice two type typical ugly ultimate
unable under understand understood unexpected unfortunately unique unit unite universe university unless unlike
unlock until up update upgrade upload upon upset us usage use used useful useless user usual usually valid valuable
value vary vast vendor verify version very via victory video view village virtual visible vision visit visual vital
voice volume volunteer vote wait wake walk wall want war warm warn was wash wasnt waste watch water wave way we weak
wealth wear weather web week weekend weekly weigh weight weird welcome well went were werent west weve what whatever
whats when whenever where whereas wherever whether which while white who whoever whole whom whose why wide wild will
win wind window winner winter wire wise wish with within without woman women won wonder wont wood word wore work
worker workflow workshop world worry worse worst worth would wouldnt wow write writer written wrong wrote yard yeah
year yellow yes yesterday yet you youll young your youre yours yourself youth youve zero zone
"""

_SPANISH_WORDS = """
a abajo abierto abrir acaso acceso accion aceptar acerca acuerdo adelante ademas admitir agregar agua ahi ahora aire
al algo alguien algun alguna algunas algunos alla alli alto amigo amor ano anos ante anterior antes anuncio apenas
apoyo aprender aprendimos aqui archivo area articulo asi aspecto atras aun aunque autor ayer ayuda ayudar bajo base
basta bastante bien buen buena buenas bueno buenos busca buscar cabeza cada caer calidad cambiar cambio camino campo
cantidad capaz cara caro casa casi caso causa cerca cerrar cien ciento cierto cinco ciudad claro clase cliente
codigo comenzar como comparar compartir completo comprar comunidad con conclusion condicion conmigo conocer
conseguir construimos construir contar contra control conversacion correr corto cosa cosas costar creamos crear
crecer creer creo cual cuales cualquier cuando cuanta cuantas cuanto cuantos cuarto cuatro cuenta cuidado cultura
curso dar datos de debajo debe deben deber decidimos decidir decir dejamos dejar del delante demas dentro
desarrollar desarrollo desde despues detras dia dias dice dicen diez dificil dijo dinero direccion donde dos durante
e efecto ejemplo el ella ellas ello ellos empezamos empezar empresa en encima encontramos encontrar energia enfrente
enorme ensenar entender entonces entrada entrar entre equipo era eramos eran error es esa esas escribimos escribir
escuchar escuela ese eso esos espacio especial esperar esta estaba estamos estan estar estas este esto estos estoy
estudio estuvimos evento evitar ex exacto existe existen exito explicar facil falla falta familia favor fecha feliz
fin final finalmente forma frente fue fuera fueron fuerte fuerza funcion funciona funcionar futuro ganar general
gente gracias gran grande grandes grupo guerra gusta gustar ha haber habia hablamos hablar hace hacemos hacer hacia
haciendo hambre han hasta hay haya he hecho hemos herramienta hice hicieron hicimos historia hizo hola hombre hora
hoy hubo idea igual importa importante incluir incluso industria informacion inicio interes ir jamas juego junto
juntos la lado lanzamos lanzar largo las le leccion lecciones leer lejos lengua les letra libre libro linea listo
llamar llegar llevamos llevar lo logramos los luego lugar luz madre mal mala malo manana manera mano mantener mas
mayor mayoria me medida medio mejor mejorar mejores memoria menor menos mensaje menudo mercado mes mesa meses metodo
mi mientras mil mio mirar mis misma mismo modelo modo momento mover mucha muchas mucho muchos mundo musica muy
nacional nada nadie natural necesario necesita necesitamos negocio ni ningun ninguna ninguno nino no noche nombre
nos nosotros nota noticia nuestra nuestras nuestro nuestros nueva nuevas nuevo nuevos nunca o obra ocho ocurrir
ojala ojo opinion otra otras otro otros padre pagar pagina pais palabra papel para parece parte partir pasado
pasamos pasar paso pedir pensamos pensar peor pequeno perder perdimos perfecto pero persona personas pesar pide pie
plan pleno poca pocas poco pocos podemos poder podria politica poner por porque posible precio pregunta preguntar
presente primer primera primero primeros principal principio probar problema problemas proceso producto programa
pronto propia propio proxima proximo proyecto proyectos prueba publicamos publicar publico pudimos pueblo puede
pueden puedes puerta pues punto que quedar queremos querer quien quienes quiere quiero quitar quiza quizas rapido
razon realidad realmente recibir recordar red reducir resolver respecto respuesta resultado resultados revisar sabe
sabemos saber sacar sale salir salud se sea seguir segun segundo seguridad seis semana semanas sentido sentir ser
serie servicio servidor si sido siempre siete siglo siguiente sin sino sistema sitio sobre sociedad software sola
solamente solo solucion somos son sonar sorprendio soy su subir suele suerte sus tal tales tambien tampoco tan tanto
tarde te tema temprano tenemos tener tengo tenia tercer tercero tiempo tiene tienen tierra tipo toda todas todavia
todo todos tomar total trabajamos trabajar trabajo traer tras tratar tres tu tus tuve tuvimos tuvo ultima ultimo
ultimos un una unas unico unir uno unos usamos usar uso usted ustedes usuario usuarios valer valor vamos varias
varios veces vender venir ventana ver verdad version vez via vida viejo vienen vimos vino vista vivir volver voy voz
y ya yo
"""

# Acronyms that need no source: everybody says them of everything.
ACRONYMS = frozenset(_ACRONYM_WORDS.split())
_COMMON = frozenset(_ENGLISH_WORDS.split()) | frozenset(_SPANISH_WORDS.split())

# Endings of nouns, verbs, adjectives and adverbs that names hardly ever bear.
_ORDINARY_ENDINGS = """
able acion aciones adas ados amente amos ance ando aron ciones ement ence eness fulness ible ical idad iendo ieron iest ility
imos iness ingly ities ively ivity ization ized izing lessly ment mente ments ness ously ships sion sions tion tions ulous wards
wise
"""
_ORDINARY = tuple(_ORDINARY_ENDINGS.split())
# Endings to take off, and after the slash what to put in their place, to come to a base form.
_ENDINGS = """
s es ies/y ed ed/e ied/y d ing ing/e ings er er/e ier/y ers ers/e est est/e ly ly/le ily/y y n or or/e ors/e ful less
n't 'll 've 're 'd 's
"""
_INFLECTIONS: dict[str, list[tuple[str, str]]] = {}
for _ending, _, _instead in (each.partition("/") for each in _ENDINGS.split()):
    # By their last letter: most words end with none of the others.
    _INFLECTIONS.setdefault(_ending[-1], []).append((_ending, _instead))
_PREFIXES = ("un", "re", "in", "im", "dis", "pre", "non", "over", "mis", "under", "out", "self")


def is_common(word: str) -> bool:
    """Whether a folded word is an everyday word, an inflected one, or ends as names do not."""
    if word in _COMMON or (word.endswith(_ORDINARY) and len(word) > 6) or not _COMMON.isdisjoint(_bases(word)):
        return True
    if not word.startswith(_PREFIXES):
        return False
    rests = [word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix) and len(word) > len(prefix) + 3]
    return any(rest in _COMMON or not _COMMON.isdisjoint(_bases(rest)) for rest in rests)


def _bases(word: str) -> list[str]:
    bases = []
    for ending, instead in _INFLECTIONS.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base = word[: -len(ending)] + instead
            bases.append(base)
            if ending in ("ed", "ing", "er", "est") and len(base) > 3 and base[-1] == base[-2]:
                bases.append(base[:-1])
    return bases
