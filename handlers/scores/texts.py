"""What is said about points."""

SCORE = "{unit}{period}得分{points}分（按{rules}）：\n{lines}"
WHOSE = "{name}：{note}"
LINE = "{points} {note}"
NO_LONGER = "{points} 不再计：{note}"
AND_MORE = "……另有{count}项，共{points}分"
NOTHING_COUNTED = "{unit}{period}还没有计分的事项，得分{points}分（按{rules}）。"
NO_RULES = (
    "{period}还没有计分规则，得分暂不能算；报送、采用和批示照常登记，规则导入后一并补算。\n{next}"
)
OFFICE_NEXT = (
    "下一步：请选一套接近的规则（handlers/scores/examples 有22套真实样例），"
    "改成本局的，由管理员用 xinshi rules import 导入。"
)
OTHERS_NEXT = "请办公室导入计分规则。"
NO_SECTION = "得分按科室计。请写明科室，例如：得分 物业科"
NOT_SEEN = "您看不到{name}的得分，或没有这个科室。发送 得分 看本科室的。"
FUTURE = "{period}还没到。"

POINTS = "得分：{points}分（{why}），{unit}{period}累计{total}分。"
POINTS_SHARED = "得分：{points}（{why}）。"
NO_POINTS = "得分：按现行规则不计分。"
CHANGED = "{unit}{period}得分由{before}分变为{after}分（已过截止日，按{rules}）：\n{lines}"
