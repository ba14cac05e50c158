"""The desk's English."""

from bot.desk.words.types import Asking, Browsing, Choosing, Quizzing, Words

ASKING = Asking(
    ask_something="I am listening. Write your question in words, for example: What is an orbit?",
    too_long="That is a long message! Please ask in at most 2,000 characters, one question at a time.",
    unreadable="Part of that message is not text that I can read. Please type your question again.",
    only_text="I can only read text so far. Please write your question in words.",
    wait="You are full of questions, well done! I need a little break: please ask again in {}.",
    seconds="{} s",
    minutes="{} min",
    hours="{} h",
    apology="Sorry, something went wrong on my side. Please try again in a moment.",
    memory_away="My notebook cannot be opened just now, so I can do nothing that needs it. You can go on asking; please try the rest again later.",
    page="p. {}",
    moment="at {}",
    as_of="as of {}",
    other_language="in Chinese",
    quote="[{}] read it",
    hint_old="This button is from an earlier time and does not work any more. /help tells what does.",
    hint_not_yours="That answer is not one of yours, or it is no longer kept.",
    hint_ask_again="I can no longer see what this button said. Please type the question.",
    helped="👍",
    not_helped="👎",
    hint_helped="Thank you! 👍 is noted.",
    hint_not_helped="Thank you, 👎 is noted. /feedback and a few words tell us what was missing.",
    feedback_how="Write /feedback and what was good or wrong with my last answer, for example: /feedback I still do not know why. "
    "Begin with 👍 or 👎 to say whether it helped.",
    feedback_no_answer="There is no answer of mine here yet that you could comment on. Ask me something first.",
    feedback_noted_helped="Thank you! Your comment is noted with 👍 for my last answer. The course's team reads it without knowing who wrote it.",
    feedback_noted_not_helped="Thank you! Your comment is noted with 👎 for my last answer; if the answer helped, send it again as /feedback 👍 and "
    "your words. The course's team reads it without knowing who wrote it.",
    sources_of_last="Where my last answer comes from:",
    no_sources="My last answer needed no source: it told nothing of the course.",
    sources_gone="What my last answer came from has been taken out of the course since.",
    no_answer_yet="There is no answer of mine here yet whose sources I could show. Ask me something first.",
)
BROWSING = Browsing(
    lessons="Lessons",
    missions="Missions",
    choose="Choose one:",
    no_lessons="There are no lessons here yet. Please come back later.",
    no_missions="There are no missions here yet. Please come back later.",
    earlier="◀ Back",
    later="More ▶",
    goals="What you will be able to do:",
    sections="What is in it:",
    for_grade="For {}.",
    open_player="📖 Open in the course",
    ask_about="💬 Ask about it",
    ask_anything="Ask me anything about “{}”: just write it.",
    ask_for_example="Ask me anything about “{}”: just write it. For example:",
    quiz_me="🎯 Quiz me ({})",
    all_lessons="📚 All lessons",
    all_missions="🚀 All missions",
    unknown_link="I do not know the lesson that this link leads to; perhaps it has moved. /lessons shows all there are.",
    launched="Launched: {}",
)
QUIZZING = Quizzing(
    choose="Which lesson shall I quiz you on?",
    no_quizzes="No lesson has check questions yet. Please come back later.",
    none_here="This lesson has no check questions yet. /quiz shows those that have.",
    question="Question {} of {}",
    in_unit=" (answer in {})",
    reply_how="✏️ Type your answer. /stop ends the quiz.",
    choose_how="Press or type a letter. /stop ends the quiz.",
    hint="💡 Hint",
    stop="⏹ Stop",
    right="✅ Right!",
    partly="🟡 Partly right.",
    wrong="❌ Not this time.",
    partly_first="🟡 You are on the way, and something is still missing.",
    wrong_first="❌ Not quite.",
    unsure="🙂 Now you will know.",
    unsure_first="🙂 No worries, here is some help.",
    again="Try once more:",
    answer="The answer: {}",
    score="Done! {} of {} right.",
    some_partly="{} partly right.",
    stopped="The quiz is over: {} right of {} answered.",
    no_quiz="No quiz is open. /quiz starts one.",
    changed="The course has changed since this quiz began. Please start it again: /quiz",
    hint_other="This button belongs to another question or to another person's quiz.",
    once_more="🔁 Once more",
    to_lesson="📖 Back to the lesson",
    other_lesson="🎯 Another lesson",
)
CHOOSING = Choosing(
    start=(
        "Hello! I am Navigator, a machine (not a person) that tutors you on planes, rockets and space.\n\n"
        "Ask me about your lessons, in English or Chinese. I answer from the lessons only and show where each answer "
        "comes from. When I do not know, I say so.\n\n/lessons shows what there is, /quiz tests you, /help tells you more."
    ),
    help=(
        "• Write your question as a message, for example: Why does a rocket have stages?\n"
        "• A number like [1] shows where a statement comes from; the sources are listed under the answer.\n"
        "• In a group, mention me, reply to me, or write /ask and your question.\n"
        "• I am a program and can be wrong: check the sources, or ask your teacher.\n"
        "• Please send no names, addresses or other private things."
    ),
    new="A new conversation begins. What would you like to know?",
    language="Which language shall I speak? Answers always follow your question's language.",
    language_is="I speak English with you now. Answers still follow the language of your question.",
    own_language="English",
    level="Which grade are you in? I choose passages that suit it.",
    level_is="Noted: {}.",
    no_level="Noted: any grade.",
    any_level="Any grade",
    privacy=(
        "What is kept\n"
        "• Your questions and my answers with their sources, 👍 👎 and comments; phone numbers, e-mail addresses, handles, links and identity "
        "numbers are taken out of what you write before it is kept, names cannot be, so please do not write any.\n"
        "• Your choices: language, grade, the lesson opened last, a quiz you are in the middle of. What you reply in a quiz is not kept.\n"
        "• How many questions you asked lately, so that everybody gets a turn.\n"
        "• While I work on a message: that message, sealed, until it is answered, and one hour at most; its running number for a day, so that "
        "nothing is answered twice.\n\n"
        "Under which name\n"
        "• A made-up one: a keyed code in place of your account. Your name and your account's number are stored nowhere; "
        "no list leads back to you.\n\n"
        "How long\n"
        "• {} days, then it is deleted by itself.\n\n"
        "Who can see it\n"
        "• The course's team sees questions that I could not answer, in groups (the wording only when three people asked alike), and 👍 👎 with "
        "comments; never who wrote them. Those who run the computer could read the stored questions; who asked stays hidden behind the "
        "code, whose key they keep secret.\n\n"
        "How to erase it\n"
        "• /forget erases all of it at once; a backup that was made before keeps its copy until it is deleted. "
        "What you see in this chat stays in your messenger until you delete it there."
    ),
    privacy_model="Besides\n• The language model {} words answers: it is given the question, without what was taken out, and passages of the course; "
    "never who asks.",
    forgotten="Everything is erased. Before: {}. Now: {}.",
    nothing_was_kept="Nothing was kept of you, and nothing is.",
    left="I could not erase everything: {} still there. Please send /forget again, or tell your teacher.",
    answers="answers ({})",
    judgements="judgements ({})",
    choices="your choices",
    nothing="nothing",
    between=", ",
)
ENGLISH = Words(
    commands=(
        ("lessons", "Browse the lessons, or find some by name"),
        ("missions", "Browse the missions, or find some by name"),
        ("quiz", "Test yourself on a lesson"),
        ("stop", "End the quiz"),
        ("sources", "Sources of the last answer"),
        ("new", "Begin another conversation"),
        ("level", "Choose your grade"),
        ("lang", "Choose the language / 选择语言"),
        ("feedback", "Comment on the last answer"),
        ("privacy", "What is kept, and for how long"),
        ("forget", "Erase all that is kept of you"),
        ("ask", "Ask a question (in groups)"),
        ("help", "How this works"),
        ("start", "Say hello"),
    ),
    bands={
        "1-3": "Grades 1 to 3 (ages 6 to 9)",
        "4-6": "Grades 4 to 6 (ages 9 to 12)",
        "7-9": "Grades 7 to 9 (ages 12 to 15)",
        "10-12": "Grades 10 to 12 (ages 15 to 18)",
    },
    units={
        "getting-to-space": "Getting to space",
        "moon-and-mars": "The Moon and Mars",
        "people-and-stations": "People and stations",
        "eyes-signals-flight": "Eyes and signals, and flight",
    },
    asking=ASKING,
    browsing=BROWSING,
    quizzing=QUIZZING,
    choosing=CHOOSING,
)
