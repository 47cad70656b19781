"""Names of the namespace that links to files themselves, in the languages of MediaWiki (1.43), in lower case.

A link by such a name counts as a use of the file even with a colon in front, on a wiki in that language.
"""

from __future__ import annotations

MEDIA = frozenset({
    "alat", "alɣagdud", "amóhùnmáwòrán", "ayaakuwapülee", "aŭdvidaĵo", "ciɛl", "datoteka", "deem",
    "duoro bimbu zie", "filpeikar", "gbyagulazhi", "iinrhatjhi", "imedia", "itangazamakuru", "kanaca",
    "mamind", "meadhan", "meanyn", "meddia", "medeja", "medhia", "media", "medie", "medii", "medij", "medija",
    "mediji", "medio", "medios", "mediu", "medium", "mediya", "medja", "medya", "medėjė", "meedia", "meedije",
    "meedijum", "meediä", "meyti", "meán", "midia", "midiya", "midja", "midya", "miidia", "miidiya", "mitiya",
    "miðil", "miðill", "multimedia", "multimédia", "muî-thé", "myiti", "mèdia", "mèdius", "mèḍia", "médhia",
    "média", "médiá", "médja", "médya", "mìdiyà", "mídia", "mûi-thé", "mēdiatl", "mēdijai", "nasha", "nká",
    "nünamakanäd", "ortam", "phương tiện", "pāki", "pāpaho", "rakitra", "saadhan", "sarana", "taspa",
    "tinkundla", "tipatcimoctakewin", "velsku", "wasilah", "xibaarukaay", "áméwn igò", "μέσο", "μέσον",
    "амедиа", "аһар", "меди", "медиа", "медий", "медиум", "медия", "медиј", "медија", "медйа", "медіа",
    "миэдьийэ", "мультымедыя", "мэдыя", "срѣдьства", "таспа", "մեդիա", "מדיה", "מעדיע", "تاسپا", "ذريعات",
    "رسانه", "رسانه\u200cای", "رسانگ", "رسنۍ", "زریعہ", "مديا", "مدیا", "مه\u200cدیا", "ميديا", "میدیا",
    "میڈیا", "وسائط", "وسیط", "ڤارئسگأر", "ۋاسىتە", "ܡܝܕܝܐ", "މީޑިއާ", "ߟߊߛߋߢߊߥߙߍ", "माध्यम", "माध्यमम्",
    "मिडिया", "मीडिया", "मेडिया", "মাধ্যম", "মিডিয়া", "ਮੀਡੀਆ", "દ્રશ્ય-શ્રાવ્ય (મિડિયા)", "ମାଧ୍ୟମ", "ஊடகம்",
    "మీడియా", "ಮಾದ್ಯಮೊ", "ಮೀಡಿಯ", "മീഡിയ", "මාධ්\u200dයය", "สื่อ", "ສື່", "ສື່ອ", "မီဒီယာ", "မဳဒဳယာ",
    "သိုဝ်ႇၶၢဝ်ႇ", "მედია", "ሜድያ", "ፋይል", "មីឌា", "មេឌា", "ᥛᥤᥱ ᥖᥤᥱ ᥕᥣᥱ", "ᩈᩨ᩵", "ᱢᱤᱰᱤᱭᱟ", "ⵎⵉⴷⵢⴰ", "メディア",
    "媒体", "媒体文件", "媒体档案", "媒體", "媒體文件", "媒體檔案", "ꠝꠤꠒꠤꠀ", "ꯃꯦꯗꯤꯌꯥ", "미디어", "𑄟𑄨𑄓𑄨𑄠",
})  # fmt: skip
