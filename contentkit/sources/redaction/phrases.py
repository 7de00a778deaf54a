"""The words that mark what is off the record, as patterns over a projection: lower case, plain letters, one kind of dash."""

from __future__ import annotations

import re

from contentkit.patterns import regex

# Emphasis and escapes may stand around a mark, quotation marks and line ends within it.
DRESS = r"[\s*_~`\\]{0,8}"
# Between its words tags, too: "off <b>the</b> record".
_BETWEEN = r"(?:[\s*_~`>|\\-]|</?[a-z][^<>\n]{0,30}>|<!--[^<>\n]{0,60}-->)"
_GAP = rf"{_BETWEEN}{{1,12}}"
_OFF = rf"off{_GAP}(?:the{_GAP})?record"
_SPANISH = rf"extra[\s-]?oficial(?:mente)?|fuera{_GAP}del?{_GAP}(?:registro|grabacion|microfono|actas?)"
_SHORT = r"otr|o\.t\.r\.?"
# What people say between its words without noticing.
_PAUSE = rf"(?:{_BETWEEN}|[,…]|\.\.\.?){{1,8}}"
_FILLED = rf"(?:u[hm]{{1,4}}|e[hr]{{1,3}}m?|you know|i mean|the{_PAUSE}the|\[[a-z]{{1,12}}\])"
_HESITANT = rf"off{_PAUSE}(?:the{_PAUSE})?(?:{_FILLED}{_PAUSE}){{1,3}}(?:the{_PAUSE})?record"

# What people say, and what they also write.
SAID = rf"(?:{_OFF}|{_SPANISH})"
WRITTEN = rf"(?:{_OFF}|{_SHORT}|{_SPANISH})"
SPOKEN = rf"(?:{SAID}|{_HESITANT}|(?<!voz )en{_GAP}off(?!{_GAP}(?:the|de)))"
# In brackets it may be written in one word, or with one of its words over two lines.
BRACKETED = rf"(?:{WRITTEN}|off{_BETWEEN}{{0,12}}(?:the{_BETWEEN}{{0,12}})?rec(?:-\n[ \t>]{{0,8}})?ord)"
# "(this is off the record)", "[please keep this off the record]".
THIS_IS = r"(?:(?:this|that|it|all|of|is|was|strictly|keep|kept|please|stays?|bit|part|but)[ ]){1,5}"
# What may be meant for a mark and is none: mistyped, or only spoken of.
MENTION = regex(
    rf"(?<!\w)(?:of{{1,2}}[\W_]{{0,6}}the[\W_]{{0,6}}records?(?=[\W_]{{0,3}}[\])])|off[\W_]{{0,6}}(?:the[\W_]{{0,6}})?records?"
    rf"|{_SHORT}|{_SPANISH})(?!\w)"
)
# Behind something that was cut: nobody knows whether it is more of it.
CONTINUED = regex(r"^[ \t>*_-]{0,8}\((?:continued|cont\.?|cont'd|sigue|continua)\)", re.MULTILINE)
# What people say and write for it without its words, or with its words torn: nothing is cut by it, and a person has to look.
_FILLER = r"(?:uh|um|er|eh|the|a|my|de|del|you know|like|laughs|rec)"
DOUBTFUL = regex(
    rf"(?<!\w)(?:of{{1,2}}[\W_]{{1,4}}(?:{_FILLER}[\W_]{{1,4}}){{1,4}}(?:rec|record|recrod)(?!\w)"
    r"|off[\W_]{1,4}(?:teh|hte)[\W_]{1,4}record"
    r"|(?:is|was|are|go|going|this|that|it|stays?)[\W_]{1,4}of[\W_]{1,4}(?:the[\W_]{1,4})?record"
    r"|off[ ]the(?=[\W_]{0,4}(?:</?[a-z][^<>\n]{0,60}>)?$)"
    # Torn by who speaks in between.
    r"|off(?:[ ]the)?[ ]{0,3}(?:</?[a-z][^<>\n]{0,60}>)?\n(?:[^\n]{0,80}\n){0,6}"
    r"(?:[^\n:>]{0,40}[:>][*_]{0,2}[ ]{0,2})?(?:the )?record"
    r"|🤫|^[ \t>*_-]{0,6}off:(?=[ ])|off[\W_]{1,4}the[\W_]{1,4}rec-?(?!\w)"
    r"|\[[\s*_/\\]{0,6}of{1,2}[\W_]{0,3}t?[a-z]{0,3}[\W_]{0,3}r[a-z]{1,7}[\W_]{0,3}\]|\[(?:back )?on the record\]"
    r"|\[[ ]?o[ ]t[ ]r[ ]?\]|o\.f\.f\.[ ]the[ ]record|[0o]tr:|[0o]ff[ ]the[ ]rec[0o]rd"
    r"|(?:not|[a-z]{2,8}n't|none of (?:this|that|it|what [^\n.]{1,40}) is|nothing[^\n.]{0,40} is"
    r"|is (?:this|that)|was (?:this|that)) on the record(?!\w)"
    r"|(?:say|saying|said) (?:this|that|it) on the record|not (?:on|for) the record"
    r"|(?:back|again) on (?:the )?record|on the record (?:again|now)"
    r"|not (?:for|to be) (?:publication|attribution|quot(?:ed|ing|ation))|(?:can't|cannot|don't|do not) (?:quote me"
    r"|tell anyone)"
    r"|(?:can't|cannot|don't|do not|didn't|never) (?:use|print|publish|write|share|repeat) (?:that|this)(?![^\W\n]|[ ]\w)"
    r"|between (?:you, me|(?:you and me|us)(?![\W_]{1,3}(?:and|or)\b))|entre (?:nosotros|tu y yo|nosotras)"
    r"|on (?:deep )?background(?=[,.:])"
    r"|(?:cut|scratch|strike|delete|leave) (?:that|this)(?: part)?(?: out| from)?(?=[\W_]{0,3}(?:$|[.!?]|the record))"
    r"|(?:stop|pause|turn off|switch off) (?:the )?(?:record(?:ing|er)?|tape)|turn(?:ed)? (?:the|my|your) record(?:ing|er) off"
    r"|(?:stopped|stopping|paused|turned off|switched off) (?:(?:the|my|your) )?(?:recording|recorder|tape)"
    r"(?=[\W_]{0,3}(?:$|[,.;!?]|now|here|there))"
    r"|(?:recorder|recording|tape)(?:'s| is| was)(?: now| already)? (?:off|stopped|paused)"
    r"|(?:not|n't) recording(?= (?:this|now|any ?more)|[.,!?])"
    r"|not for the (?:podcast|interview|article|piece|recording|transcript|show|blog|press)|sin grabar|no lo (?:saques"
    r"|cuentes|digas)"
    r"|(?:this|that|it|all of this) is (?:still |all )?(?:under )?embargo(?:ed)?(?! until)|keep (?:it|this"
    r"|that) (?:quiet|secret|private)"
    r"|(?:apaga[rd]?o?|apague|par[ae]|detuve|detener|corte) la grabac?(?:dora|ion)"
    r"|fuera de(?:l)? (?:micro|registro|record)|en off(?!\w)|off de record|em off(?!\w)"
    r"|hors micro|microfoni spenti|no (?:lo |se )?publi(?:car|ques|que)(?!\w)|inoffiziell|chatham house|under nda(?!\w)"
    r"|\[[ ]?(?:confidential|private|off|nfp|vertraulich|nicht zur veroffentlichung)[ ]?\]|confiden(?:tial|cial):"
    r"|(?:on[_ -]record|record)[ ]?[:=][ ]?(?:false|off|no)(?!\w))",
    re.MULTILINE,
)
