"""Emoji of several characters, as one regular expression: Unicode's recommended sequences (RGI), up to Emoji 18.

Only complete ones. What a program joins beyond them is shown as several emoji, and counted so.
"""

from __future__ import annotations

# Text symbols that a variation selector turns into emoji, as X sees it.
_TEXT_FIRST = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23ed-\u23ef\u23f1\u23f2\u23f8-\u23fa\u24c2"
    "\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623\u2626\u262a"
    "\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e\u267f\u2692-\u2697"
    "\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26cf\u26d1\u26d3"
    "\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2708\u2709\u270c\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2733\u2734"
    "\u2744\u2747\u2757\u2763\u2764\u27a1\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297"
    "\u3299\U0001f004\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f202\U0001f21a\U0001f22f\U0001f237\U0001f321"
    "\U0001f324-\U0001f32c\U0001f336\U0001f37d\U0001f396\U0001f397\U0001f399-\U0001f39b\U0001f39e\U0001f39f"
    "\U0001f3cb-\U0001f3ce\U0001f3d4-\U0001f3df\U0001f3f3\U0001f3f5\U0001f3f7\U0001f43f\U0001f441\U0001f4fd\U0001f549"
    "\U0001f54a\U0001f56f\U0001f570\U0001f573-\U0001f579\U0001f587\U0001f58a-\U0001f58d\U0001f590\U0001f5a5\U0001f5a8"
    "\U0001f5b1\U0001f5b2\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de\U0001f5e1\U0001f5e3"
    "\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa\U0001f6cb\U0001f6cd-\U0001f6cf\U0001f6e0-\U0001f6e5\U0001f6e9\U0001f6f0"
    "\U0001f6f3"
)
# What may have a skin tone.
_SKIN = (
    "\u261d\u26f9\u270a-\u270d\U0001f385\U0001f3c2-\U0001f3c4\U0001f3c7\U0001f3ca-\U0001f3cc\U0001f442\U0001f443"
    "\U0001f446-\U0001f450\U0001f466-\U0001f469\U0001f46b-\U0001f478\U0001f47c\U0001f481-\U0001f483\U0001f485-\U0001f487\U0001f48f\U0001f491"
    "\U0001f4aa\U0001f574\U0001f575\U0001f57a\U0001f590\U0001f595\U0001f596\U0001f645-\U0001f647\U0001f64b-\U0001f64f"
    "\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f6c0\U0001f6cc\U0001f90c\U0001f90f\U0001f918-\U0001f91f\U0001f926"
    "\U0001f930-\U0001f939\U0001f93c-\U0001f93e\U0001f977\U0001f9b5\U0001f9b6\U0001f9b8\U0001f9b9\U0001f9bb"
    "\U0001f9cd-\U0001f9cf\U0001f9d1-\U0001f9dd\U0001fac3-\U0001fac5\U0001faf0-\U0001fafa"
)
# People at work, in sport and in play, of whom there are women and men.
_GENDERED = (
    "\u26f9\U0001f3c3\U0001f3c4\U0001f3ca-\U0001f3cc\U0001f46e-\U0001f471\U0001f473\U0001f477\U0001f481\U0001f482"
    "\U0001f486\U0001f487\U0001f575\U0001f645-\U0001f647\U0001f64b\U0001f64d\U0001f64e\U0001f6a3\U0001f6b4-\U0001f6b6"
    "\U0001f926\U0001f935\U0001f937-\U0001f939\U0001f93c-\U0001f93e\U0001f9b8\U0001f9b9\U0001f9cd-\U0001f9cf"
    "\U0001f9d4\U0001f9d6-\U0001f9dd"
)
_GENDERED_WITHOUT_SKIN = "\U0001f9de\U0001f9df"
# Of these, with their text symbols made emoji where they have no skin tone.
_GENDERED_SYMBOLS = "\u26f9\U0001f3cb\U0001f3cc\U0001f575"
# What a person holds or wears; the first three are text symbols. Those with the last three may turn round.
_ROLES = (
    "(?:[\u2695\u2696\u2708]\ufe0f|[\U0001f33e\U0001f373\U0001f37c\U0001f393\U0001f3a4\U0001f3a8\U0001f3eb\U0001f3ed"
    "\U0001f4bb\U0001f4bc\U0001f527\U0001f52c\U0001f680\U0001f692\U0001f9b0-\U0001f9b3]"
    "|[\U0001f9af\U0001f9bc\U0001f9bd](?:\u200d\u27a1\ufe0f)?)"
)
_OTHERS = (
    "\U0001f3f3\ufe0f\u200d\U0001f308",  # rainbow flag
    "\U0001f3f3\ufe0f\u200d\u26a7\ufe0f",  # transgender flag
    "\U0001f3f4\u200d\u2620\ufe0f",  # pirate flag
    "\U0001f415\u200d\U0001f9ba",  # service dog
    "\U0001f408\u200d\u2b1b",  # black cat
    "\U0001f43b\u200d\u2744\ufe0f",  # polar bear
    "\U0001f426\u200d(?:\u2b1b|\U0001f525)",  # black bird, phoenix
    "\U0001f441\ufe0f\u200d\U0001f5e8\ufe0f",  # eye in a speech bubble
    "\u2764\ufe0f\u200d(?:\U0001f525|\U0001fa79)",  # heart on fire, mending heart
    "\U0001f62e\u200d\U0001f4a8",  # exhaling
    "\U0001f635\u200d\U0001f4ab",  # dizzy
    "\U0001f636\u200d\U0001f32b\ufe0f",  # in the clouds
    "\U0001f642\u200d[\u2194\u2195]\ufe0f",  # shaking heads
    "\u26d3\ufe0f\u200d\U0001f4a5",  # broken chain
    "\U0001f34b\u200d\U0001f7e9",  # lime
    "\U0001f344\u200d\U0001f7eb",  # brown mushroom
)
_REGIONS = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz "
    "ca cc cd cf cg ch ci ck cl cm cn co cp cq cr cu cv cw cx cy cz de dg dj dk dm do dz ea ec ee eg eh er es et eu fi fj "
    "fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu ic id ie il im in io iq ir "
    "is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm "
    "mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt "
    "pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz ta tc td tf tg th tj tk tl "
    "tm tn to tr tt tv tw tz ua ug um un us uy uz va vc ve vg vi vn vu wf ws xk ye yt za zm zw"
)
_NATIONS = ("gbeng", "gbsct", "gbwls")


def _flag(region: str) -> str:
    return "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in region)


def _tagged(nation: str) -> str:
    return "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in nation) + "\U000e007f"


_TONE = "[\U0001f3fb-\U0001f3ff]"
_MAN, _WOMAN, _PERSON = "\U0001f468", "\U0001f469", "\U0001f9d1"
_HEART, _KISS, _HANDS = "\u2764\ufe0f", "\U0001f48b", "\U0001f91d"
_RABBIT, _FIGHT = "\U0001f430", "\U0001faef"
_BOY, _GIRL, _CHILD = "\U0001f466", "\U0001f467", "\U0001f9d2"
_CHILDREN = f"(?:{_GIRL}(?:\u200d[{_BOY}{_GIRL}])?|{_BOY}(?:\u200d{_BOY})?)"


def _different(one: str, between: str, other: str, name: str) -> str:
    """Two people with different skin tones; with the same one, they are an emoji of their own."""
    return f"{one}(?P<{name}>{_TONE})\u200d{between}\u200d{other}(?!(?P={name})){_TONE}"


# The longest first: the first that fits is taken.
JOINED_EMOJI = "|".join(
    (
        f"(?:{_WOMAN}(?:{_TONE}\u200d{_HEART}\u200d(?:{_KISS}\u200d)?[{_MAN}{_WOMAN}]{_TONE}"
        f"|\u200d{_HEART}\u200d(?:{_KISS}\u200d)?[{_MAN}{_WOMAN}]))",
        f"{_MAN}(?:{_TONE}\u200d{_HEART}\u200d(?:{_KISS}\u200d)?{_MAN}{_TONE}|\u200d{_HEART}\u200d(?:{_KISS}\u200d)?{_MAN})",
        _different(_PERSON, f"{_HEART}(?:\u200d{_KISS})?", _PERSON, "couple"),
        f"{_PERSON}(?:\u200d{_HANDS}\u200d{_PERSON}|{_TONE}\u200d{_HANDS}\u200d{_PERSON}{_TONE})",
        _different(_WOMAN, _HANDS, f"[{_MAN}{_WOMAN}]", "women"),
        _different(_MAN, _HANDS, _MAN, "men"),
        *(_different(one, f"[{_RABBIT}{_FIGHT}]", one, f"pair{ord(one)}") for one in (_MAN, _WOMAN, _PERSON)),
        _different("\U0001faf1", "", "\U0001faf2", "shake").replace("\u200d\u200d", "\u200d"),
        f"(?:{_MAN}(?:\u200d[{_MAN}{_WOMAN}])?|{_WOMAN}(?:\u200d{_WOMAN})?)\u200d{_CHILDREN}",
        f"{_PERSON}(?:\u200d{_PERSON})?(?:\u200d{_CHILD}){{1,2}}",
        f"{_PERSON}{_TONE}?\u200d[\U0001f384\U0001fa70]",
        f"[{_MAN}{_WOMAN}{_PERSON}]{_TONE}?\u200d{_ROLES}",
        f"[\U0001f3c3\U0001f6b6\U0001f9ce]{_TONE}?(?:\u200d[\u2640\u2642]\ufe0f)?\u200d\u27a1\ufe0f",
        f"[{_GENDERED_SYMBOLS}]\ufe0f\u200d[\u2640\u2642]\ufe0f",
        f"(?![{_GENDERED_SYMBOLS}]\u200d)[{_GENDERED}]{_TONE}?\u200d[\u2640\u2642]\ufe0f",
        f"[{_GENDERED_WITHOUT_SKIN}]\u200d[\u2640\u2642]\ufe0f",
        *_OTHERS,
        *map(_tagged, _NATIONS),
        *map(_flag, _REGIONS.split()),
        "[0-9#*]\ufe0f?\u20e3",
        f"[{_SKIN}]{_TONE}",
        f"[{_TEXT_FIRST}]\ufe0f",
    )
)
