"""CK356: emoji as GitHub, Slack and Discord write them (``:tada:``). Networks show the word between its colons."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.prose import Prose
from contentkit.patterns import regex

_SHORTCODE = regex(r"(?<![\w:]):([a-z0-9_+-]{2,30}):(?![\w:])")
# Those of release notes and chats. Servers of Mastodon have emoji of their own (``:blobcat:``), which are left alone.
_NAMES = """
+1 👍 -1 👎 100 💯 ambulance 🚑 arrow_down ⬇️ arrow_right ➡️ arrow_up ⬆️ art 🎨 bangbang ‼️ beers 🍻
bell 🔔 blue_heart 💙 blush 😊 boom 💥 book 📖 books 📚 broken_heart 💔 bug 🐛 bulb 💡 calendar 📅
chart_with_upwards_trend 📈 cherry_blossom 🌸 clap 👏 closed_lock_with_key 🔐 coffee ☕ computer 💻
confetti_ball 🎊 construction 🚧 cry 😢 dart 🎯 dash 💨 earth_americas 🌎 eyes 👀 fire 🔥 gem 💎 gift 🎁
globe_with_meridians 🌐 green_heart 💚 grin 😁 hammer 🔨 hammer_and_wrench 🛠️ heart ❤️ heart_eyes 😍
heavy_check_mark ✔️ hourglass ⌛ hugs 🤗 information_source ℹ️ joy 😂 key 🔑 laughing 😆 link 🔗
lipstick 💄 lock 🔒 loudspeaker 📢 mag 🔍 mailbox 📫 medal_sports 🏅 mega 📣 memo 📝 moneybag 💰 muscle 💪
new 🆕 ok_hand 👌 package 📦 party_popper 🎉 partying_face 🥳 penguin 🐧 pencil 📝 point_down 👇
point_right 👉 pray 🙏 purple_heart 💜 pushpin 📌 question ❓ rainbow 🌈 raised_hands 🙌 recycle ♻️
relaxed ☺️ rocket 🚀 rofl 🤣 rotating_light 🚨 scream 😱 seedling 🌱 shield 🛡️ ship 🚢 shrug 🤷
slightly_smiling_face 🙂 smile 😄 smiley 😃 snake 🐍 sob 😭 sparkles ✨ speech_balloon 💬 star ⭐
star2 🌟 sun_with_face 🌞 sunglasses 😎 sweat_smile 😅 tada 🎉 thinking 🤔 thread 🧵 thumbsdown 👎
thumbsup 👍 toolbox 🧰 trophy 🏆 truck 🚚 unicorn 🦄 warning ⚠️ wastebasket 🗑️ wave 👋
white_check_mark ✅ wink 😉 wrench 🔧 writing_hand ✍️ x ❌ yum 😋 zap ⚡
"""
_WORDS = _NAMES.split()
_EMOJI = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))


def check_shortcodes(prose: Prose) -> Iterator[Finding]:
    """One finding for each; the emoji that it means can stand in its place."""
    for match in _SHORTCODE.finditer(prose.uncoded) if ":" in prose.text else ():
        if emoji := _EMOJI.get(match[1]):
            message = f"{match[0]} would be published letter for letter"
            yield warning("CK356", message, words=match[0], at=match.start(), remedy=f"write {emoji}", fix=emoji)
