"""What is said about who somebody is."""

YOU_ARE = "您是{name}，{unit}，{roles}。"
REVIEWED_BY = "您的稿件先由{heads}审核。"
NO_ROLE = "还没有身份"
CHANGES = (
    "调了科室，说：我调到某某科了。换信息员由科室负责人说：信息员换成某某。"
    "姓名、手机以企业微信通讯录为准。"
)
NOT_THE_NAME = "名单上这个账号是{name}，不是{said}。不对的话，请联系办公室。"
NOT_THE_UNIT = "名单上您在{unit}。"
IN_THE_DIRECTORY = (
    "手机、姓名、职务以企业微信通讯录为准：请在通讯录里改，或请管理员改，这里会跟着变。"
)

MOVE_PASSED_ON = "已报办公室核对：{name}从{old}调到{new}。核对后通知您，之前仍按{old}办。"
MOVE_REPORTED = "{name}说自己从{old}调到了{new}。属实请回复：{name}调到{new}"
ALREADY_THERE = "{name}已经在{unit}，不用改。"
MOVED = "已把{name}从{old}调到{new}。{lost}两分钟内可发送 撤销。"
LOST = "原来的{roles}身份随之取消。"
NOBODY_LEFT = "{unit}现在没有信息员，请说：{unit}信息员换成某某。"
MOVED_TOLD = "{who}已把{name}从{old}调到{new}。{lost}"

NAMED = "{unit}信息员已由{old}换成{new}，已告诉他们。以后的提醒发给{new}；两分钟内可发送 撤销。"
NAMED_FIRST = "{unit}信息员现在是{new}，已告诉本人。以后的提醒发给{new}；两分钟内可发送 撤销。"
NAMED_TOLD = "{who}已把{unit}信息员由{old}换成{new}。没办完的稿件仍归原作者，新的提醒发给{new}。"
NAMED_FIRST_TOLD = "{who}请{new}任{unit}信息员。写好信息直接发来，发送 帮助 看能办什么。"
ALREADY_OFFICER = "{name}已经是{unit}信息员，不用改。"
WHO_TAKES_OVER = "信息员换成谁？请说全，例如：{unit}信息员换成王芳"
WHICH_UNIT = "是哪个科室的信息员？请说全，例如：物业科信息员换成王芳"
WHICH_PERSON = "有{count}个{said}，是哪一个？"
PERSON_OF = "{name}（{unit}）"
NO_SUCH_PERSON = "名单里没有{said}。新来的人先由管理员加进企业微信应用的可见范围，再来换。"
NO_SUCH_UNIT = "本局没有{said}。请说科室的全称。"
NOT_IN_UNIT = "{name}在{other}，不在{unit}。真调来了，请办公室先说：{name}调到{unit}"
NOT_YOURS_TO_NAME = "{unit}的信息员由本科室负责人或办公室来换，请他们说：{unit}信息员换成某某"
NOT_YOURS_TO_MOVE = "别人的调动由办公室来改。"

UNDONE_OFFICER = "已撤销：{unit}信息员还是{old}。"
NOBODY = "空缺"
UNDONE_MOVE = "已撤销：{name}还在{unit}。"
CHANGED_SINCE = "后来又有变动，不能撤销。请直接说现在应该是谁。"
