"""What figures of other systems are called, and what is counted by them."""

from storage.vocabulary import OutsideMeasure

MEASURES = {
    OutsideMeasure.ADOPTED: "采用",
    OutsideMeasure.REGISTERED: "注册",
    OutsideMeasure.ACTIVE: "登录",
    OutsideMeasure.POINTS: "积分",
}
COUNTED = {
    OutsideMeasure.ADOPTED: "条",
    OutsideMeasure.REGISTERED: "人",
    OutsideMeasure.ACTIVE: "人",
    OutsideMeasure.POINTS: "分",
}
