"""The desk's Chinese."""

from bot.desk.words.types import Asking, Browsing, Choosing, Quizzing, Words

ASKING = Asking(
    ask_something="我在听。请用文字写下你的问题，例如：什么是轨道？",
    too_long="这条消息太长啦！请控制在 2000 字以内，一次问一个问题。",
    unreadable="这条消息里有我读不懂的字符，请重新输入你的问题。",
    only_text="我现在只能看懂文字。请把问题写成文字发给我。",
    wait="你真爱提问，太棒了！我需要歇一会儿，请在{}后再问。",
    seconds=" {} 秒",
    minutes=" {} 分钟",
    hours=" {} 小时",
    apology="抱歉，我这边出了点问题，请稍后再试一次。",
    memory_away="我的记录本暂时打不开，需要它的功能现在用不了。你可以继续提问，其他功能请稍后再试。",
    page="第 {} 页",
    moment="{} 处",
    as_of="截至 {}",
    other_language="英文",
    quote="[{}] 看原文",
    hint_old="这个按钮已经过期了。发送 /help 看看现在能做什么。",
    hint_not_yours="这不是你的回答，或者它已经不再保存。",
    hint_ask_again="我已经看不到这个按钮上的文字了，请直接输入问题。",
    helped="👍",
    not_helped="👎",
    hint_helped="谢谢！已记下 👍。",
    hint_not_helped="谢谢，已记下 👎。发送 /feedback 加几句话，告诉我们缺了什么。",
    feedback_how="请发送 /feedback 加上你对上一个回答的意见，例如：/feedback 还是没明白为什么。开头写 👍 或 👎 表示它有没有帮到你。",
    feedback_no_answer="这里还没有我的回答可以评价。先问我一个问题吧。",
    feedback_noted_helped="谢谢！你的意见已和 👍 一起记在上一个回答下。课程组会看到它，但不知道是谁写的。",
    feedback_noted_not_helped=(
        "谢谢！你的意见已和 👎 一起记在上一个回答下；如果那个回答有帮助，请改发 /feedback 👍 加上你的话。课程组会看到它，但不知道是谁写的。"
    ),
    sources_of_last="上一个回答的来源：",
    no_sources="上一个回答没有用到来源：它没有讲课程里的内容。",
    sources_gone="上一个回答所引用的内容后来已从课程中撤下。",
    no_answer_yet="这里还没有我的回答，所以没有来源可看。先问我一个问题吧。",
)
BROWSING = Browsing(
    lessons="课程",
    missions="航天任务",
    choose="请选择：",
    no_lessons="这里还没有课程，请以后再来看看。",
    no_missions="这里还没有航天任务，请以后再来看看。",
    earlier="◀ 上一页",
    later="下一页 ▶",
    goals="学完你能：",
    sections="内容：",
    for_grade="适合{}。",
    open_player="📖 在课程中打开",
    ask_about="💬 问问这一课",
    ask_anything="关于《{}》，想问什么直接写给我。",
    ask_for_example="关于《{}》，想问什么直接写给我。比如：",
    quiz_me="🎯 考考我（{} 题）",
    all_lessons="📚 全部课程",
    all_missions="🚀 全部任务",
    unknown_link="我不认识这个链接指向的课程，可能它已经换了位置。发送 /lessons 查看全部课程。",
    launched="发射日期：{}",
)
QUIZZING = Quizzing(
    choose="想测验哪一课？",
    no_quizzes="还没有带测验题的课程，请以后再来看看。",
    none_here="这一课还没有测验题。发送 /quiz 看看哪些课有。",
    question="第 {} 题，共 {} 题",
    in_unit="（单位：{}）",
    reply_how="✏️ 请直接输入答案。发送 /stop 结束测验。",
    choose_how="请按按钮或输入字母。发送 /stop 结束测验。",
    hint="💡 提示",
    stop="⏹ 结束",
    right="✅ 答对了！",
    partly="🟡 答对了一部分。",
    wrong="❌ 这次没答对。",
    partly_first="🟡 方向对了，还差一点。",
    wrong_first="❌ 不太对。",
    unsure="🙂 没关系，现在就知道了。",
    unsure_first="🙂 没关系，给你一点提示。",
    again="再试一次：",
    answer="答案：{}",
    score="完成！答对 {} 题，共 {} 题。",
    some_partly="另有 {} 题部分正确。",
    stopped="测验结束：答了 {1} 题，答对 {0} 题。",
    no_quiz="现在没有进行中的测验。发送 /quiz 开始。",
    changed="测验开始以后课程更新了，请重新开始：/quiz",
    hint_other="这个按钮属于另一道题，或者别人的测验。",
    once_more="🔁 再来一次",
    to_lesson="📖 回到课程",
    other_lesson="🎯 换一课",
)
CHOOSING = Choosing(
    start=(
        "你好！我是 Navigator，一个机器助教（不是真人），陪你学习飞机、火箭和太空。\n\n"
        "请用中文或英文问我课程里的问题。我只根据课程内容回答，并标明每句话的出处；不知道的，我会直说。\n\n"
        "/lessons 查看课程，/quiz 测测自己，/help 了解更多。"
    ),
    help=(
        "• 直接发消息提问，例如：火箭为什么要分级？\n"
        "• [1] 这样的数字表示出处，来源列在回答下方。\n"
        "• 在群里，请 @我、回复我的消息，或发送 /ask 加上问题。\n"
        "• 我是程序，可能会出错：请核对来源，或者问问老师。\n"
        "• 请不要发送姓名、地址等个人信息。"
    ),
    new="我们开始新的对话。你想知道什么？",
    language="我用哪种语言和你说话？回答总是跟随你提问的语言。",
    language_is="现在我和你说中文。回答仍然跟随你提问的语言。",
    own_language="中文",
    level="你在几年级？我会挑选适合你的内容。",
    level_is="记下了：{}。",
    no_level="记下了：不限年级。",
    any_level="不限年级",
    privacy=(
        "保存什么\n"
        "• 你的问题、我的回答和来源，以及 👍 👎 和意见；保存之前会去掉电话号码、邮箱、账号、链接和证件号码，但认不出姓名，所以请不要写姓名。\n"
        "• 你的选择：语言、年级、最近打开的课程、正在进行的测验。测验里输入的答案不保存。\n"
        "• 你最近提问的次数，好让大家都能轮到。\n"
        "• 正在处理的消息：加密保存到回答完为止，最多一小时；消息的流水号保存一天，免得重复回答。\n\n"
        "用什么名字\n"
        "• 用带密钥的代号代替你的账号。你的姓名和账号都不保存，也没有名单能查回到你。\n\n"
        "保存多久\n"
        "• {} 天，到期自动删除。\n\n"
        "谁能看到\n"
        "• 课程组能看到我答不上来的问题（归成一类一类的，三个人问过同样的才显示原话），以及 👍 👎 和意见，但看不到是谁写的。"
        "管理电脑的人能读到保存的问题；是谁问的藏在代号后面，代号的密钥由他们保密。\n\n"
        "怎样删除\n"
        "• 发送 /forget，立刻全部删除；之前做的备份要等备份删除时才会消失。聊天窗口里的内容保存在你的聊天软件里，需要你自己在那里删除。"
    ),
    privacy_model="另外\n• 回答由语言模型 {} 组织语言：它会收到去掉个人信息的问题和课程片段，但不知道是谁问的。",
    forgotten="已全部删除。之前有：{}。现在：{}。",
    nothing_was_kept="没有保存过你的任何内容，现在也没有。",
    left="没能全部删除，还剩：{}。请再发一次 /forget，或者告诉老师。",
    answers="{} 个回答",
    judgements="{} 个评价",
    choices="你的选择",
    nothing="什么都没有",
    between="、",
)
CHINESE = Words(
    commands=(
        ("lessons", "浏览课程，或按名称查找"),
        ("missions", "浏览航天任务，或按名称查找"),
        ("quiz", "测测自己"),
        ("stop", "结束测验"),
        ("sources", "上一个回答的来源"),
        ("new", "开始新的对话"),
        ("level", "选择年级"),
        ("lang", "选择语言 / Choose the language"),
        ("feedback", "评价上一个回答"),
        ("privacy", "保存什么、保存多久"),
        ("forget", "删除关于你的全部内容"),
        ("ask", "提一个问题（群里用）"),
        ("help", "使用说明"),
        ("start", "打个招呼"),
    ),
    bands={
        "1-3": "小学 1–3 年级（6–9 岁）",
        "4-6": "小学 4–6 年级（9–12 岁）",
        "7-9": "初中 7–9 年级（12–15 岁）",
        "10-12": "高中 10–12 年级（15–18 岁）",
    },
    units={
        "getting-to-space": "飞向太空",
        "moon-and-mars": "月球与火星",
        "people-and-stations": "航天员与空间站",
        "eyes-signals-flight": "观测、通信与飞行",
    },
    asking=ASKING,
    browsing=BROWSING,
    quizzing=QUIZZING,
    choosing=CHOOSING,
)
