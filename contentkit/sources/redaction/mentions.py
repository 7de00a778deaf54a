"""What somebody does who says "off the record", by the words around it: open, look back, mention it, or nothing at all."""

from __future__ import annotations

import re
from typing import Literal

from contentkit.patterns import regex
from contentkit.sources.redaction.phrases import SPOKEN

# Unclear is what is cut, and perhaps not all of it: somebody has to look.
Kind = Literal["opens", "looks back", "unclear", "no mark"]

_QUOTE_ME = (
    r"(?:do not|don't|dont|never|can't|cannot|can not|mustn't) (?:ever )?(?:quote|cite) me"
    r"(?: on (?:that|this|it|any of (?:that|this)))?(?! on (?!that|this|it|any))"
    r"|(?<!we\s)(?<!they\s)(?<!i\s)(?<!people\s)(?<!users\s)(?<!who\s)(?:do not|don't|dont) (?:publish|print|write|use"
    r"|repeat|share"
    r"|tweet|post|quote) (?:that|this|any of (?:that|this))(?=\s+(?:please|okay|ok|one|part|bit)\b|\s*(?:[^\w\s]|\n|$))"
    r"|(?:that|this|it) (?:stays|is just|is only|is|remains) between (?:us|you and me)(?!\W+(?:and|or)\b)|keep (?:that|this"
    r"|it) between (?:us|ourselves|you and me)"
    r"|(?:do not|don't|dont) (?:use|publish|print|write|quote|repeat|share) what (?:i|we) (?:just )?(?:said|told you)"
    r"|(?:leave|cut|take|edit|keep|scratch|strike|delete) (?:out )?what (?:i|we) (?:just )?(?:said|told you)"
    r"|(?:please|could you|can you|have to|need to|let's|you must) (?:leave|cut|take|edit|delete) (?:that|this)(?: last)?"
    r"(?: part| bit| one)?(?: out)?(?=[.!?,]|\s*(?:\n|$| please| okay))"
    r"|(?:strike|scratch|delete|remove) (?:that|this|it)(?: last)?(?: part| bit| one)? from the record"
    r"|forget (?:that )?(?:what )?i (?:just |ever )?(?:said|told you)|you (?:did not|didn't|haven't|have not"
    r"|never) (?:hear|heard) (?:that|this|it)(?= from me|\s*(?:[.!]|\n|$))"
    r"|(?:that|this|it) (?:can't|cannot|must not|mustn't|doesn't|does not|should not|shouldn't|stays?) (?:leave|in"
    r"|inside) (?:the|this) room(?! (?:for|to))"
    r"|not for (?:publication|attribution|quoting|quotation)|not to be quoted|no me (?:cites|cite|citen)(?! a las?\b)"
    r"|no lo (?:publiques|publique|cites|cite|pongas|escribas)"
    r"|quede entre nosotros|no salga de aqui"
)
# "This isn't on the record, …", but not "it isn't on the record whether he did".
_DENIED = (
    r"(?:is not|isn't|isnt|was not|wasn't|aren't|are not|not)(?: saying (?:this|that|it))? on the record"
    r"(?=\s?[^\w\s]|\s*(?:\n|$)|\s(?:but|and|so|yet|because)\b)|(?:none|nothing) of (?:this|that|it|what [^.!?\n]{1,40}) is"
    r" on the record"
)
# "This isn't on the record" as "this is off the record"; "none of it is" may look either way.
_WITHOUT_NOT = {"is": "is ", "wa": "was ", "ar": "are ", "no": ""}
EVENT = regex(
    rf"(?<!\w)(?:(?P<back>(?:back|again)[\s,]{{1,4}}on[\s]{{1,4}}(?:the[\s]{{1,4}})?record(?![\s]{{1,3}}(?:label"
    rf"|player|deal|store))"
    r"|on[\s]{1,4}the[\s]{1,4}record[\s,]{1,4}(?:again|now|from[\s]{1,3}here)"
    r"|(?:de[\s]{1,3}(?:vuelta|nuevo|regreso)|otra[\s]{1,3}vez|volvemos|volviendo|regresamos)[\s]{1,3}(?:al?|en"
    r"|on[\s]the)?[\s]{0,3}(?:lo[\s]|el[\s]|la[\s])?"
    r"(?:registro|grabacion|record|oficial))"
    rf"|(?P<said>{SPOKEN})s?|(?P<short>\(otr\)|otr(?=[ ]?(?:[^\w\s(]|\n|$|[ ]now|[ ]from|[ ]please|[ ]ok)))"
    rf"|(?P<denied>(?:{_DENIED.replace(' ', '[ ]{1,3}')}))|(?P<quote>{_QUOTE_ME.replace(' ', '[ ]{1,3}')}))(?!\w)"
)
_AROUND = 90
SENTENCE_END = regex(r"[.!?][.!?\"')\]*_]{0,6}(?=\s|$|</)")
_SPACE = regex(r"[\s*_~`>|\\]+")
_WORD = regex(r"[^\W\d_]+")

_NOT_GOING = (
    r"(?:going|go|gone|went|be|being|want to go|want to be|need to go|need to be|have to go|have to be"
    r"|speaking|talking|really|actually|even|necessarily)"
)
_NO_MARK_BEFORE = regex(
    rf"(?:\bnot|n't|\b(?:isnt|arent|wasnt|dont|wont)|\bnever|\bno longer)(?: {_NOT_GOING}){{0,3}} $"
    r"|\b(?:nothing|none)(?: (?!but\b|and\b|so\b)\w+){0,4} (?:is|are|was|were|be) $"
    r"|\bon(?: the record)?,? (?:or|and|versus|vs\.?) $"
    r"|\b(?:no|nada)(?: de (?:esto|eso|lo que (?:he dicho|digo|dije)))? (?:es|era|fue|sea|estamos) $"
)
_NO_MARK_AFTER = regex(
    r"^,? (?:or|and|versus) on(?: the record)?\b|^ (?:at any (?:time|point)|whenever"
    r"|lists?|players?|labels?|stores?|shelf|books?|sleeve|keeping|numbers?|types?|fields?)\b"
)
# "If you want anything off the record just tell me."
_IF_EVER_BEFORE = regex(r"\b(?:if|when|whenever) (?:you|there|anything|something)[^.!?]{0,50} $")
_IF_EVER_AFTER = regex(r"^,? (?:just |please |then )?(?:tell|let|say|shout|stop|ask|flag|interrupt|warn)\b")
# What was told to others was off the record then, and perhaps is now: it is cut, and told of.
_TO_OTHERS = regex(
    r"\b(?:told|tells?|telling|said (?:it )?to|spoke (?:to|with)|talk(?:ed|ing)? (?:to|with)) (?:him|her|them|the \w+"
    r"|an? \w+)(?: [\w']+){0,3} $"
)
_FAR_BACK_BEFORE = regex(
    r"\b(?:what|things?|part|bit|story|stuff|everything|all) (?:i|we)(?:'ve| have| had)? (?:just |also |already )?"
    r"(?:told|said|mentioned|shared|showed|gave|explained)(?! that)(?: [\w']+){1,14} (?:is|was|are|were|stays?"
    r"|has to be|should be|must be)"
    r"(?: all| also)? $|\b(?:the|that|this) (?:thing|part|bit|story|number|figure|stuff) (?:about|with|on|i"
    r"|we)\b(?: [\w']+){1,10}"
    r" (?:is|was|are|were|stays?|has to be|should be|must be)(?: all| also)? $"
)
_IN_ADDRESS = regex(r"://\S{0,90}$")
_ANNOUNCED = regex(
    r"\b(?:this|all of this|what follows|the next part|everything(?: i say)?)(?: is|'s)(?: all| strictly)? $"
)
_SAYS = regex(
    r"\b(?:tell(?:ing)? you|say(?:ing)? (?:this|that|it)|shar(?:e|ing) (?:this|that|it)|te lo (?:digo|cuento)|digo esto"
    r"|cuento esto)\b"
    r"[^.!?]{0,40} $"
)
# "You can't quote me on this, but …" speaks of the rest of its turn.
_BUT = regex(r"^(?:,? but\b|:)")
_ASIDE = "so|ok|okay|and|well|now|then|right|please|just|all|this|totally|total|strictly|here|eh|claro|vale|pues|thanks|though"
LONE = regex(rf"\W*(?:(?:{_ASIDE})\W+){{0,6}}(?:{SPOKEN}|otr)(?:\W+(?:{_ASIDE})){{0,6}}\W*")
_ASKS_TO_CUT = regex(r"(?:please|could|can|have|need|let's|you must) ")
_FALSE_START = regex(r"(?:\boff(?: the)?[-. ,…]{1,6}){1,3}$")
_LOOKS_BACK_BEFORE = regex(
    r"\b(?:that|those|these things|everything|all of (?:that|this|it)|what i (?:just )?said|which|(?:that|this"
    r"|last) (?:part|bit|one)|it)(?:'s| is| was| were| has been| should be"
    r"| should stay| must stay| has to be| has to stay| needs to be| needs to stay| stays?| better be"
    r"| would be)(?: all| obviously| of course| strictly| just| completely"
    r"| totally| also| kind of)? $"
    r"|\bthats $|\b(?:keep|leave|kept|take|make|consider|treat|put)(?: all of)? (?:that|this|it|those"
    r"|everything)(?: part| bit| one)?(?: as| all)? $"
    r"|\b(?:was|i were|we were|they were|you were)(?: all| obviously| just)? $"
    r"|\b(?:eso|aquello|lo anterior|lo que (?:te )?(?:dije|he dicho|acabo de decir))(?: \w+)? (?:fue|era|es|queda"
    r"|quede|sea) $|\bque (?:eso|esto) quede $"
)
_LOOKS_BACK_AFTER = regex(r"^,? (?:what i (?:just )?said|that (?:part|bit|one)|all of that|lo que (?:te )?dije)\b")
_OPENS_BEFORE = regex(
    r"\bfrom (?:here|now|this point|that point)(?: on(?:wards?)?)?,?(?: it's| it is| this is| everything is"
    r"| everything's| we're| we are| all is| all)? $"
    r"|\b(?:go|going|goes|went|get|getting|move|moving|switch|switching|step|stepping|talk|speak|be|being|we're"
    r"|we are|were|you're|i'm|i am|are we|is this|is that|this is|this is all"
    r"|this (?:part|bit|one)(?:'s| is)|this will be|this'll be|this would be|it's|it is|its|what follows is|the rest is"
    r"|everything is|this part is"
    r"|this next part is|the next part is|the next bit is|stay|staying)"
    r"(?: now| strictly| completely| totally| just| all| really| here| a bit| a little)? $"
    r"|\b(?:esto|lo que sigue|todo)(?: \w+)? (?:es|va|queda)(?: todo)? $|\ba partir de (?:aqui|ahora|este momento),? (?:es "
    r"|esto es |todo es |todo )?$"
    r"|\b(?:vamos|vayamos|pasamos|pasemos|hablamos|hablemos|estamos|seguimos|sigamos)(?: a| de (?:forma|manera|modo))? $"
)
# "The rest of this call is …", "what I am about to say is …"; and at the end of a turn whatever is said to be so.
_AHEAD_BEFORE = regex(
    r"\b(?:rest|next|following|everything|all|anything|what)\b[^.!?]{0,60} (?:is|are|should be|has to be|must be"
    r"|will be|stays?)"
    r"(?:,? [\w']+){0,3},? $"
)
_STATES_BEFORE = regex(
    r"(?:\b(?:is|are|be|sea|es|say|said|tell|share|speak|talk|give|do|keep|put|decir|decirlo|hablar|contar)|'s"
    r"|'re)\b(?:,? [\w']+){0,6},? $"
)
_OPENS_AFTER = regex(
    r"^,? (?:from (?:here|now|this point)|starting (?:here|now)|now\b|for (?:a|the next|this) |until\b|till\b|here on"
    r"|a partir de|desde (?:aqui|ahora|este))"
)
# "When we are back on the record" and "are we back on the record?" bring nobody back.
_NOT_BACK_BEFORE = regex(
    r"\b(?:not|never|until|till|before|unless|once|when|if|after|whenever|can|could|should|shall|may|cuando|si|hasta|antes"
    r"|then|will|going to|say|says|said|saying|what|later)"
    r"(?:,? [\w']+){0,4},? $|(?:n't|\bno)(?: [\w']+){0,2} $|\b(?:are|is) (?:we|this|it) $|\b(?:we|i|you)'ll(?: [\w']+){0,3} $"
)
_NOT_BACK_AFTER = regex(
    r"^,? (?:in (?:a|an|one|two|five|ten|\d+)\b|later\b|soon\b|to end\b)|^,? (?:right|okay|ok|yes|no) ?\?"
)
_ASKS_LEAVE = regex(
    r"\b(?:can|could|may|shall|should|would|do you want|is it (?:ok|okay|fine|all right)|okay if|are we|aren't we|podemos|puedo"
    r"|only|happy to|rather)\b[^.!?]{0,70} $"
)
LONGEST_END = 120


def kinds_of(plain: str, event: re.Match[str]) -> set[Kind]:
    """What a mention does, by the words around it; both where "it's off the record" may look either way."""
    before = _FALSE_START.sub("", _SPACE.sub(" ", plain[max(0, event.start() - _AROUND) : event.start()]))
    after = _SPACE.sub(" ", plain[event.end() : event.end() + _AROUND])
    if (event["quote"] or event["denied"]) and _BUT.match(after):
        return set()
    if event["quote"]:
        return _kinds_of_a_request(event[0], before)
    if event["denied"] and " of " in event[0]:
        return {"looks back", "opens"}
    if event["denied"]:
        before += _WITHOUT_NOT.get(event[0][:2], "")
    if _is_no_mark(before, after):
        return {"no mark"}
    if _FAR_BACK_BEFORE.search(before) or _TO_OTHERS.search(before):
        return {"unclear"}
    return _kinds_of_words(event, before, after)


def _kinds_of_a_request(said: str, before: str) -> set[Kind]:
    if _ANNOUNCED.search(before):
        return {"opens", "unclear"}
    # Who wants something cut may mean less than all of it, or a text that they wrote.
    return {"looks back", "unclear"} if _ASKS_TO_CUT.match(said) else {"looks back"}


def _kinds_of_words(event: re.Match[str], before: str, after: str) -> set[Kind]:
    kinds: set[Kind] = set()
    if event[0] == "(otr)" or _LOOKS_BACK_BEFORE.search(before) or _LOOKS_BACK_AFTER.match(after):
        kinds.add("looks back")
    ahead = (pattern.search(before) for pattern in (_OPENS_BEFORE, _AHEAD_BEFORE))
    if any(ahead) or _OPENS_AFTER.match(after) or _asks_leave(before, after):
        kinds.add("opens")
    if not kinds and event["short"]:
        return {"no mark"}
    return kinds or ({"unclear"} if event[0].startswith("fuera") else set())


def kinds_at_the_end(plain: str, event: re.Match[str]) -> set[Kind]:
    """What a mention does behind which nothing is said any more, when the words around it say no more than that.

    It may speak of what was said, or announce what will be.
    """
    before = _SPACE.sub(" ", plain[max(0, event.start() - _AROUND) : event.start()])
    return {"opens", "unclear"} if _STATES_BEFORE.search(before) else {"unclear"}


def _is_no_mark(before: str, after: str) -> bool:
    if _NO_MARK_BEFORE.search(before) or _NO_MARK_AFTER.match(after) or _IN_ADDRESS.search(before):
        return True
    return bool(_IF_EVER_BEFORE.search(before) and _IF_EVER_AFTER.match(after))


def _asks_leave(before: str, after: str) -> bool:
    """Whether somebody asks to say something, or says that they would: it is said when the other has agreed."""
    lead = _ASKS_LEAVE.search(before)
    is_alone = after.startswith("?") and not _WORD.search(before.rpartition(":")[2])
    says = _SAYS.search(before) and not re.match(r"[\s,;:]*\w", after)
    return is_alone or bool(says) or bool(lead and not after.startswith((",", ":")))


def says_nobody_is_back(plain: str, event: re.Match[str]) -> bool:
    """Whether who says \"back on the record\" asks for it, or announces it, or denies it."""
    before = _SPACE.sub(" ", plain[max(0, event.start() - _AROUND) : event.start()])
    after = _SPACE.sub(" ", plain[event.end() : event.end() + _AROUND])
    if _NOT_BACK_BEFORE.search(before) or _NOT_BACK_AFTER.match(after):
        return True
    following = SENTENCE_END.search(plain, event.end(), event.end() + LONGEST_END)
    if following is None or not following[0].startswith("?"):
        return False
    return not _WORD.search(plain, event.end(), following.start())
