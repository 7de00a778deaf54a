"""Parameters of a link that tell where its readers came from: nobody's page needs them."""

from __future__ import annotations

import re
from collections.abc import Collection

from contentkit.patterns import regex

_ANYWHERE = regex(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content|cid)|fbclid|gclid|gclsrc|gad_source|gad_campaignid|dclid|gbraid|"
    r"wbraid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|rdt_cid|epik|igshid|igsh|mc_[ce]id|_hsenc|_hsmi|__hs[a-z]{2,4}|hsctatracking|"
    r"mkt_tok|vero_id|vero_conv|oly_(?:anon|enc)_id|_openstat|wickedid|rb_clickid|s_cid|ml_subscriber(?:_hash)?|"
    r"sc_(?:campaign|channel|content|medium|outcome|geo|country)|trk_\w+|_branch_match_id|bsft_\w+|ck_subscriber_id|_bhlid|ref_src|ref_url|"
    r"__twitter_impression|guce_referrer(?:_sig)?",
    re.I,
)
# What means something else on other sites.
_ON = {
    "youtube.com": frozenset(("si", "feature", "pp", "ab_channel")),
    "youtu.be": frozenset(("si", "feature")),
    "open.spotify.com": frozenset(("si", "nd", "context")),
    "x.com": frozenset(("s", "t", "cxt")),
    "twitter.com": frozenset(("s", "t", "cxt")),
    "linkedin.com": frozenset(("trk", "trackingid", "rcm", "midtoken", "lipi")),
    "medium.com": frozenset(("source",)),
    "reddit.com": frozenset(("share_id", "rdt")),
    "amazon.com": frozenset(("ref", "ref_", "pd_rd_r", "pd_rd_w", "pd_rd_wg", "pf_rd_p", "pf_rd_r")),
    "tiktok.com": frozenset(("_r", "_t", "is_from_webapp", "sender_device")),
}
_TAG = regex(r"(?:utm|mtm|pk)_\w+", re.I)


def tracking_in(address: str, host: str) -> list[str]:
    """The names of those parameters of an address on this host (without ``www.``), as they stand."""
    query = address.partition("#")[0].partition("?")[2]
    if not query:
        return []
    here = _ON.get(host.removeprefix("m.").removeprefix("mobile."), frozenset())
    names = (pair.partition("=")[0] for pair in query.split("&"))
    return [name for name in names if name and (_ANYWHERE.fullmatch(name) or name.lower() in here)]


def is_tag(name: str) -> bool:
    """Whether a site tags its own links with it, to count where its readers come from."""
    return bool(_TAG.fullmatch(name))


def without(address: str, names: Collection[str]) -> str:
    """The address without the parameters of these names; everything else as it stands."""
    gone = frozenset(names)
    before, hash_, fragment = address.partition("#")
    page, _, query = before.partition("?")
    kept = [pair for pair in query.split("&") if pair.partition("=")[0] not in gone]
    return f"{page}{'?' if kept else ''}{'&'.join(kept)}{hash_}{fragment}"
