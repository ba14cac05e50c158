"""What the player says of itself, in both languages, and the names of the course's units in the order in which they are taught."""

from collections.abc import Mapping

UNITS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "getting-to-space": "Getting to space",
        "moon-and-mars": "The Moon and Mars",
        "people-and-stations": "People and stations",
        "eyes-signals-flight": "Eyes and signals, and flight",
    },
    "zh": {
        "getting-to-space": "飞向太空",
        "moon-and-mars": "月球与火星",
        "people-and-stations": "航天员与空间站",
        "eyes-signals-flight": "观测、通信与飞行",
    },
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "skip": "Skip to the lesson",
        "lessons": "Lessons",
        "other": "中文",
        "who": "Who is at the computer?",
        "grades": "Grades {}",
        "talk": "with a talk",
        "about": "Read, watch the talk, and ask the tutor in the corner whatever you wonder about.",
        "goals": "After this lesson you can",
        "video": "The talk of this lesson",
        "captions": "English",
        "transcript": "What is said",
        "no_talk": "The words of this talk cannot be shown.",
        "before": "Previous",
        "after": "Next",
        "neighbours": "Other lessons",
        "missing": "There is no such lesson.",
        "missing_why": "This course has no lesson {!r}. Perhaps it was given another name.",
        "all": "To all lessons",
        "no_tutor": "The tutor cannot be reached just now. The lesson works without it; to ask, load this page again later.",
        "no_token": "You could not be signed in to the tutor. Load this page again.",
        "elsewhere": "This source is no lesson, so there is no page of it here. Its words stand in the answer.",
        "no_script": "The talk's words and the tutor need JavaScript.",
    },
    "zh": {
        "skip": "跳到正文",
        "lessons": "课程目录",
        "other": "English",
        "who": "现在是谁在用电脑？",
        "grades": "{} 年级",
        "talk": "有讲解",
        "about": "读课文，看讲解，有什么想知道的，就问问角落里的小导师。",
        "goals": "学完这一课，你能",
        "video": "本课讲解",
        "captions": "中文",
        "transcript": "讲解文字",
        "no_talk": "这段讲解的文字无法显示。",
        "before": "上一课",
        "after": "下一课",
        "neighbours": "其他课",
        "missing": "没有这一课。",
        "missing_why": "课程里没有 {!r} 这一课，也许它换了名字。",
        "all": "查看全部课程",
        "no_tutor": "现在联系不上导师。课文照常可以学习；想提问的话，请稍后重新打开本页。",
        "no_token": "没能登录到导师，请重新打开本页。",
        "elsewhere": "这条资料不是课文，这里没有它的页面；原文就在回答里。",
        "no_script": "讲解文字和导师需要启用 JavaScript。",
    },
}
