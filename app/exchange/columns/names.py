"""What columns are called, in every kind of list, and how a name is made comparable.

Every sender names columns in his own way (姓 名, 公民身份号码, 现住址, xm, IDENTITY_NUM …). A
name that is not known here is left alone: 户主姓名 or 网格员电话 must never be taken
for the person's own. What merely resembles a name is judged in `resembling`.
"""

import re
import unicodedata
from typing import Any

from app.lib.script import simplified
from app.lib.words import N_

# field → (what it is called on the page, the names it goes by in sheets)
FIELDS = {
    "name": (
        N_("姓名"),
        r"(居民|人员|住户|本人|成员|家庭成员|户籍人口|常住人口|(返|抵|来|到|入).{0,2}人员|黄码人员|老人|老年人"
        r"|学生|师生|学员|职工|员工|幼儿|儿童|对象|被核查(人|人员|对象)|核查(人员|对象)|被管控人|受检(人|者)|承租(人|户)|租(户|客|住人)|旅客|乘客|购药人"
        r"|(探访|核查|排查|协查|管控|服务|关爱|检测|采样)对象)?(的)?(姓名|名字|人名)"
        r"|被管控人|被核查人|受检(人|者)|(返|抵|来|到|入).{0,2}人员|承租人|旅客|购药人"
        r"|(探访|核查|排查|协查|管控|服务|关爱)对象|被.{1,4}人(姓名)?|(购|用|买)药人员(姓名)?"
        r"|(USER|FULL|PERSON|RESIDENT|PASSENGER|PATIENT|ELDER|MEMBER|CHINESE|CN|REAL)?NAME|XM",
    ),
    "id_number": (
        N_("身份证号"),
        r"(居民|公民|本人|人员|承租人|旅客)?(身份证|身份证件|公民身份证?|公民身份|居民身份证|证件|有效证件)(号|号码|编号)"
        r"|(居民|公民)?身[份分](证|证号|号码)|(身份证号?|证件号?)(码)?[或及/](护照|其他证件)(号|号码)?"
        r"|SFZ(H|HM)?|ZJHM?|IDENTITY(NUM|NUMBER|CARD)?|(CITIZEN|PERSON)?ID(CARD)?(NO|NUM|NUMBER|CODE)?",
    ),
    "paper": (N_("证件类型"), r"(有效)?(证件|证照)(类型|类别|种类|名称)"),
    "phone": (
        N_("电话"),
        r"(本人|居民|个人|人员|常用|承租人|旅客)?(联系|移动|固定|手机)?(电话|手机|手机号|手机号码|电话号码|电话号|联系号码|联系方式)"
        r"([0-9一二三]|(/|或)(手机|电话))?|座机|SJ(H|HM)?|(LX)?DH|LXFS"
        r"|(MOBILE|CELL|TELE|CONTACT)?PHONE(NO|NUM|NUMBER)?|(MOBILE|CELL|TELE|CONTACT)(NO|NUM|NUMBER)?|TEL",
    ),
    "compound": (
        N_("小区"),
        r"(所在|所属|居住|现居住?)?(小区|小区院落|院落|楼院|片区)(名|名称)?|XQ(MC)?|COMPOUND",
    ),
    "building": (
        N_("楼号"),
        r"(所在|所属|居住)?(楼号|楼栋号?|楼幢号?|栋号?|幢号?|座号?|楼宇|楼座|楼)|LH|LDH|BUILDING(NO)?",
    ),
    "unit": (N_("单元"), r"(所在|居住)?(单元|单元号)|DYH?|UNIT(NO)?"),
    "room": (
        N_("房号"),
        r"(所在|居住)?(房号|房间号|房间|房屋号|室号|室|门牌|门牌号|门号|房门号|门牌号码|楼门号)|FH|FJH|ROOM(NO|NUMBER)?",
    ),
    "address": (
        N_("住址"),
        r"(现|现在|目前|本人|居民|家庭|常|常住|实际|居住|现居|现居住|详细|房屋|住房|租住|在并|在晋)*"
        r"(地址|住址|住所|居住地|住地|住地址)((详细)?(地址|详址))?|(房屋)?坐落(地址|位置)?|(居|租)住(位置|详址)"
        r"|(小区)?(楼|楼号|楼栋|栋|栋号)单元(号)?(室|房号|室号|门牌|门牌号|户)"
        r"|(J?T|X)?ZZ|(J?T|X?J?Z)?DZ|(HOME|CURRENT|LIVING)?(ADDRESS|ADDR)|RESIDENCE|LIVESAT",
    ),
    "grid": (
        N_("网格"),
        r"(所属|所在|归属)?网格(名称|名|号|编号|编码|代码|序号)?|S?S?WG(H|MC|BH)?|GRID(NO|NAME|CODE|ID)?",
    ),
    "relation": (
        N_("与户主关系"),
        r"(与|和|同)?(本户)?(户主)(的|之)?关系|关系|家庭关系|YHZGX|HZGX|(FAMILY)?RELATION(SHIP)?(TO)?(THE)?(HEAD|HOUSEHOLDER)?(OF(THE)?(HOUSEHOLD|FAMILY))?",
    ),
    "category": (
        N_("人员类别"),
        r"(人员|居民|人口|人群|对象|老人|老年人|特殊人群|重点人群|特殊人员|特殊)(类别|类型|分类|种类|性质|属性|标签|标识)"
        r"|类别|特殊人群|重点人群|特殊群体|重点人员|(居住|独居|生活|家庭)(状况|情况|类型|方式|状态)|RYLB"
        r"|(PERSON|ELDER|RESIDENT)?(CATEGORY|TYPE)",
    ),
    "sex": (N_("性别"), r"性别|XB|SEX|GENDER"),
    "born": (N_("出生日期"), r"出生(日期|年月日?|时间)|生日|CSRQ|BIRTH(DAY|DATE)?|DATEOFBIRTH"),
    "note": (
        N_("备注"),
        r"(其他|其它)?备注(信息|说明)?|(未检|未采|漏检|漏采|未参加|未做)(人员)?(的)?(原因|说明|理由)|说明|其他说明|BZ|REMARKS?|NOTES?",
    ),
}
# What only lists of a kind have.
OF_LISTS = {
    "arrived": (
        N_("抵达时间"),
        r"(预计)?(返.|抵.|到[^期]|来.|来返|返乡|返回|返程|抵达|到达|入.|抵.返.|返晋|来晋|到家|返|(到达|抵达|返回|来到|进入).{1,3})(的)?(时间|日期)"
        r"|(何时|几时|哪天)(返|抵|到|来|回|入).{0,2}|DDSJ|FBSJ|FHSJ|FHRQ|ARRIVAL(DATE|TIME)?|ARRIVED(ON|AT)?",
    ),
    "came_from": (
        N_("出发地"),
        r"来自(何地|何处|哪里)?|(始?发|上车|出发)站|(抵.|返.|来.)?(来源地|返回地|出发地|旅居地|始发地|旅居史|途经地|来源地区)|何处返程|[返来]自(何地|何处|哪里)|从?(何|哪)[地处里](返|来|抵|到).{0,2}"
        r"|(来源|出发|始发|返回|旅居)地?(省|省份|市|城市|地市|县|区|区县|县区)|从?(何|哪)[地处里](返回|返程|返.|来|出发)|CFD|LYD"
        r"|从?(何|哪)(里|地|处)?(来|返|回).{0,6}|FROM(CITY|PLACE|PROVINCE)?|ORIGIN|DEPARTURE",
    ),
    "left_on": (
        N_("离开日期"),
        r"(离开|出发|启程)(当地|出发地|来源地|旅居地|外地)?(的)?(时间|日期)",
    ),
    "transport": (
        N_("交通方式"),
        r"(乘坐|返程|所乘|返程所乘|返.|何种)*(的)?交通(工具|方式)(及(班次|车次))?|乘坐交通工具及班次"
        r"|(返|抵|来|到|入).(交通)?(方式|工具)|出行方式|JTGJ|TRANSPORT(ATION)?",
    ),
    "trip": (
        N_("车次或车牌"),
        r"(乘坐|返程|所乘)*(车次|班次|航班|航班号|车牌|车牌号)([/、或及]?(车次|航班号?|车牌号?|班次|车厢号?|座位号?|座号))*|CC|HB"
        r"|TRAIN(NO)?|FLIGHT(NO)?",
    ),
    "companions": (N_("同行人数"), r"同行(人数|人员数)"),
    "measure": (
        N_("管控措施"),
        r"(管控|隔离|防控|管理|现|目前|当前|已|拟|采取|落实)*(的)?(措施|方式)|管控(情况|类型)|GKCS|MEASURES?",
    ),
    "label": (
        N_("标签"),
        r"标签|赋标(类型|颜色|情况)?|标识|(红黄蓝绿)标|(返.|来.)?人员(标识|标签)|颜色",
    ),
    "risk": (
        N_("来自何类地区"),
        r"(来源地|出发地|旅居地|地区)?风险(等级|级别|类型)|从哪类地区回来|来自何类地区",
    ),
    "ends": (
        N_("截止日期"),
        r"(解除|解控|到期|期满|截止|结束|(解除|管控|隔离|监测){1,2}(隔离|管控|监测|期满|到期|截止|结束)?)(的)?(时间|日期|日)"
        r"|(隔离|管控|监测)期满|解除隔离",
    ),
    "reason": (
        N_("赋码原因"),
        r"(赋码|管控|转码|转黄|变码|排查|黄码|赋黄码|推送)?(原因|事由|规则)|(红|红?黄)码(类型|类别|原因)"
        r"|(转码|赋码|变码|转黄)(类型|类别|说明|描述)|风险(描述|说明|原因|类型|情形)|(CODE)?(CAUSE|REASON)|FMYY",
    ),
    "coloured": (
        N_("转黄时间"),
        r"(赋码|转码|转黄|转黄码|变码|变黄|赋黄码)(的)?(时间|日期)|FMSJ|CODE(D)?(TIME|DATE|AT)",
    ),
    "pushed": (
        N_("推送时间"),
        r"(推送|下发|派发)(的)?(时间|日期)|TSSJ|PUSH(ED)?(TIME|DATE|AT)",
    ),
    "code": (N_("健康码"), r"(现|当前|目前)?(健康)?码(色|状态|颜色)|健康码|JKM|CODE(COLOU?R)?"),
    "source": (
        N_("数据来源"),
        r"(数据|推送|信息|线索|协查)来源|(推送|协查|来函|发函|下发)(单位|部门|地区)|(DATA)?SOURCE|SJLY",
    ),
    "ticked": (
        N_("打勾的类别"),
        r"(独居|空巢|(半|完全)?失能|失智|留守|高龄|孤寡|失独|重残|残疾|五保|特困|双老)(老人|老年人|家庭)?",
    ),
    "lone": (N_("是否独居"), r"是否(为)?独居(老人)?|独居|独居老人"),
    "high_risk": (N_("高风险"), r"是否(高风险|重点)(老人)?|高风险|重点关注|是否重点"),
    "result": (
        N_("检测结果"),
        r"(核酸)?(检测|化验|采样)?(结果)|核酸(检测)?(结果|情况)?|检测情况|JCJG|JG|RESULT",
    ),
    "sampled": (
        N_("采样时间"),
        r"(核酸)?(采样|检测|采集|送检|核酸)(的)?(时间|日期)|CYSJ|JCSJ|SAMPLED?(AT|DATE|TIME)",
    ),
    "took_part": (
        N_("是否采样"),
        r"(是否|有无)?(已)?(参加|完成|做)?(本轮)?(核酸)?(采样|检测|参检)(情况|状态)?|是否(已)?(参加|完成|做)(本轮)?核酸(检测)?"
        r"|(第?[0-9一二三四五六七八九十]+[轮次]|[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]+[日号]|[0-9]{1,2}\.[0-9]{1,2})"
        r"(全员|大规模)?(核酸)?(检测|采样)?(情况|结果)?",
    ),
    "round": (N_("轮次"), r"(检测|核酸|采样)?轮次|第几轮|ROUND"),
    "what": (
        N_("核查内容"),
        r"(需|待|要)?(核查|核实|排查|核对|落实)(的)?(内容|事项|要求|信息|情况说明|问题)|核查什么|(线索|风险)(内容|描述|说明)|事由",
    ),
    "when": (
        N_("有关时间"),
        r"时间|日期|(轨迹|停留|到访|活动|购买|购药|接触|暴露|经过|进入|到达|出现|发生|乘车|就诊|扫码)(的)?(时间|日期)",
    ),
    "where": (
        N_("有关地点"),
        r"(轨迹|停留|到访|活动|购买|购药|接触|暴露|经过)(的)?(地点|地址|场所|位置|轨迹|地)|(涉疫|风险|重点|扫码)?(点位|场所|地点|部位)(名称)?|(活动|行动)?轨迹|药店(名称)?",
    ),
    "shop": (
        N_("店名"),
        r"(门店|店铺|商户|商铺|店|单位|企业|场所|经营单位|经营主体|经营户|个体户|市场主体|字号|门面|门头|店面|招牌)(名称|名|全称|字号)|店名|商户|门店|商铺|店铺|店面|招牌|门头|商家|DM"
        r"|SHOP(NAME)?|STORE(NAME)?",
    ),
    "credit": (
        N_("统一社会信用代码"),
        r"(统一)?(社会)?信用代码(证号?)?|统一(社会信用)?代码|营业执照(号|号码|编号|注册号)?|注册号|TYSHXYDM|CREDITCODE",
    ),
    "trade": (
        N_("经营类别"),
        r"(经营|行业|店铺|门店|商户|场所|营业|主营)(类别|类型|种类|业态|项目|范围|性质|内容|品种|业务)|业态|行业|主营|经营|类型",
    ),
    "staff": (N_("从业人数"), r"(从业|员工|职工|店员|用工)(人员)?(人数|人员数|数|数量)"),
    "community": (
        N_("社区"),
        r"(所属|所在|居住|管辖|现住|属地)?(社区|村居|村|社区村|村/?社区|社区/村|居委会|社区居委会)(名称|名)?|SQ(MC)?|COMMUNITY(NAME)?",
    ),
    "street": (
        N_("街道"),
        r"(所属|所在|居住|管辖|现住|属地)?(街道|乡镇|镇街|街镇|街道/?乡镇|乡镇/?街道|街道办事处|街办)(名称|名)?|JD(MC)?|STREET(NAME)?",
    ),
    "mixed": (
        N_("混在一格的信息"),
        r"(人员|基本|个人|居民|联系|详细)信息|姓名[、,，及和/]*(电话|联系方式|住址|身份证号?)([、,，及和/]*(电话|住址|联系方式))*"
        r"|(住址|地址)[、,，及和/]*(电话|联系方式|姓名)([、,，及和/]*(电话|姓名|联系方式))*|信息"
        r"|((负责|联系|经营|法)人|店主|老板|业主)(姓名[及和/]*|[及和/]+)(联系)?(电话|方式|手机)(号码?)?",
    ),
}
ALL = FIELDS | OF_LISTS
_PERSON = ("name", "id_number", "paper", "phone", "compound", "building", "unit", "room",
           "address", "grid", "sex", "note", "mixed", "community", "street")  # fmt: skip
# What a list of a kind is read for. Where a name fits two fields, the first counts.
OF_KIND = {
    "resident": (*FIELDS, "ticked", "mixed", "community", "street"),
    "returnee": (*_PERSON, "arrived", "came_from", "left_on", "transport", "trip", "companions",
                 "measure", "label", "risk", "ends", "relation", "born"),
    "yellow": (*_PERSON, "reason", "coloured", "pushed", "code", "measure", "source"),
    "elder": (*_PERSON, "category", "lone", "ticked", "high_risk", "born", "relation"),
    "test": (*_PERSON, "result", "sampled", "took_part", "round"),
    "check": (*_PERSON, "what", "when", "where", "source", "reason", "arrived", "came_from",
              "measure", "result", "category"),
    "shop": ("shop", "credit", "name", "phone", "compound", "building", "unit", "room", "address",
             "grid", "trade", "staff", "note", "mixed", "community", "street"),
}  # fmt: skip
# Other people's columns. In a list that has none of the person's own they are the person's:
# a roll of households names its heads, a list of shops their keepers.
SECOND = {
    "name": re.compile(
        r"户主(姓名|名)?|((负责|联系|经营|法)人|法定代表人|经营者|店主|老板|业主|院长|园长|法人代表)(/(负责|经营|法|联系)人)*(姓名|代表|名)?"
    ),
    "phone": re.compile(
        r"(户主|(负责|联系|经营|法)人|经营者|店主|业主|老板|法人代表|法定代表人)(/(负责|经营|法|联系)人)*的?(联系|手机|本人)?(电话|手机|手机号码?|电话号码|联系方式|号码)"
    ),
    "address": re.compile(
        r"(经营|营业|店铺|门店|注册|商铺|商户|场所|单位|店面|企业)(场所|地址|地点|位置|住所)|位置|所在位置|门头地址|地段"
    ),
}
PATTERNS = {field: re.compile(names) for field, (_words, names) in ALL.items()}
# Groups and beginnings that speak of somebody, or somewhere, else.
OTHERS = re.compile(
    r"户主|联系人|监护|家属|子女|儿女|父|母|配偶|亲属|网格员|网格长|负责|责任|陪同|同行|紧急|单位|户籍|户口|密接|"
    r"房东|房主|产权人?|出租人|中介|包保|包户|包片|干部|帮扶|结对|落实人|反馈|探访(人|员)|走访|照护|照料|护理|保姆|联络|司机|民警|"
    r"楼栋长|单元长|楼门长|党员|核实人|排查人|"
    r"接触|填表|填报|审核|包联|采样人|检测人|检测员|采样员|录入|推送人|上报|登记人|核查人员|工作人员|志愿者|医生|楼长|经办"
)
LONGEST = 24  # characters in the name of a column


def field_of(name: Any, kind: str = "resident") -> str | None:
    """Which field of a list of this kind a column of this name holds."""
    folded = fold(name)
    if not 0 < len(folded) <= LONGEST:
        return None
    fields = (field for field in OF_KIND[kind] if PATTERNS[field].fullmatch(folded))
    return next(fields, None)


def second_field(name: Any) -> str | None:
    """Whose it is where the list names nobody else."""
    folded = fold(name)
    return next((field for field, names in SECOND.items() if names.fullmatch(folded)), None)


# What a question begins and ends with in the sheet of an online form: 4.您从哪里返并？
ASKED = re.compile(r"^\(?\d{1,2}[.、)]\s*(?=\D)|请(填写|输入|选择)|您(现在|目前)?(的)?|[?？]+$")


def fold(name: Any) -> str:
    """A column's name without spaces, stars, colons and what stands in brackets."""
    plain = simplified(unicodedata.normalize("NFKC", "" if name is None else str(name))).upper()
    plain = ASKED.sub("", plain.strip())
    return re.sub(
        r"\([^()]*\)|[\s*＊:：_\-、\"'“”\u200b\ufeff]|(?<!\d)\.|\.(?!\d)|必填|选填", "", plain
    )
