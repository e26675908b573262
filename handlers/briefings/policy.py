"""What a bureau may set about its reports of public opinion."""

from pydantic import BaseModel, ConfigDict, Field


class Advice(BaseModel):
    """Sentences that a special report proposes, each by when; empty: none. {unit}: who has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unassigned: str = Field(
        default="尽快明确承办科室和责任人", description="while the case is nobody's"
    )
    unverified: str = Field(
        default="由{unit}到现场核实，查清事实和诉求，核实结果第一时间报办公室",
        description="while it is not known whether it is so",
    )
    unanswered: str = Field(
        default="统一口径，按规定时限公开回应，先说事实和措施，不回避问题",
        description="while nothing was answered in public, and it is not only watched",
    )
    rising: str = Field(
        default="传播在上升，加密监测，每2小时续报一次，有现场聚集苗头立即报告",
        description="while more is posted than the day before",
    )
    late: str = Field(
        default="对已超时的环节说明原因，由分管领导督促办理",
        description="while a step is overdue",
    )
    always: str = Field(
        default="由{unit}与当事群众直接沟通，答复办理进度，防止问题反复",
        description="while it has not ended",
    )
    closed: str = Field(
        default="由{unit}把办理结果答复当事群众，做好复盘归档，有新情况及时重新打开",
        description="of what was closed",
    )
    false_alarm: str = Field(
        default="留存核实依据，继续监测，再有传播时按核实结果澄清",
        description="of a false alarm",
    )
    not_ours: str = Field(
        default="与接收单位做好交接，跟踪办理和回应情况，本单位不单独发声",
        description="of what was forwarded as somebody else's",
    )


class BriefingPolicy(BaseModel):
    """How reports of public opinion are made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    signed_by: str = Field(
        default="", description="who signs a special report; empty: the bureau's name"
    )
    advice: Advice = Field(
        default=Advice(), description="the sentences that a special report proposes"
    )
