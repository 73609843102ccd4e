"""Finding rules by their detector: each detector takes options of its own, and a key it does not know is refused."""

from typing import Annotated, Literal

from pydantic import Field

from checker.models.rule import Body, FindingRule, Names, Options

NumberingFault = Literal["late", "jump", "repeat", "back"]
MarkFault = Literal["doubled", "unfinished", "unclosed", "unopened", "sign", "span"]
Words = Annotated[Names, Field(description="照字面写的词语，不用记号")]


class PhrasesRule(FindingRule):
    """Wrong wordings, and the right ones."""

    detect: Literal["phrases"]


class NumberingOptions(Options):
    """What counts as a numbered item in running text."""

    items: Words = Field(default=[], description="行文中列举的写法，{n} 为数字")
    words: dict[str, int] = Field(default={}, description="不带数字的列举词和它的次序，如 首先: 1")
    say: dict[NumberingFault, str] = Field(default={}, description="各种情形的说明")


class NumberingRule(FindingRule):
    """Headings and enumerations that jump, repeat or run back."""

    detect: Literal["numbering"]
    options: NumberingOptions = Field(default_factory=NumberingOptions)


class MarksOptions(Options):
    """Where a mark is right after all."""

    percent_after: Words = Field(default=[], description="这些词之后单独的百分号不算错")
    page_furniture: Words = Field(default=[], description="含有这些字样的一句是网页栏目信息，不查")
    say: dict[MarkFault, str] = Field(default={}, description="各种情形的说明")


class MarksRule(FindingRule):
    """Stray punctuation and signs."""

    detect: Literal["marks"]
    options: MarksOptions = Field(default_factory=MarksOptions)


class BlanksOptions(Options):
    """What tells a blank to be filled in from a mask."""

    measures: Words = Field(default=[], description="紧跟在空格、符号之后，说明前面应有数字")
    masked_after: Words = Field(default=[], description="符号之后有这些字样，是隐去的名称")
    masked_before: Words = Field(default=[], description="符号之前有这些字样，是隐去的名称")
    masked_near: Words = Field(default=[], description="附近有这些字样，是隐去的名称")
    field_measures: Words = Field(default=[], description="只在空格之后才算的量词，如 分、卷")
    plain_measures: Words = Field(default=[], description="单个空格之后就说明前面应有数字的量词，如 人次")
    in_brackets: Words = Field(default=[], description="写在方括号里、等着填的，如 金额")
    many: Words = Field(default=[], description="同一分句里前面有这些，N 表示多个，不是没有填写")
    fields: Words = Field(default=[], description="“共　　件”一类模板中空格前的词")
    spread_words: Words = Field(default=[], description="中间拉开空格排版的词")
    say: dict[Literal["blank"], str] = Field(default={}, description="对符号空白的说明")


class BlanksRule(FindingRule):
    """What a template or a draft left to fill in."""

    detect: Literal["blanks"]
    options: BlanksOptions = Field(default_factory=BlanksOptions)


class PlanYearOptions(Options):
    """Which parts of the report a plan follows."""

    before_plan: Names = Field(default=[], description="安排通常跟在哪些部分之后")


class PlanYearRule(FindingRule):
    """A plan dated with another year than the one to come."""

    detect: Literal["plan-year"]
    options: PlanYearOptions = Field(default_factory=PlanYearOptions)


class ReportYearOptions(Options):
    """Which parts of the report tell of the report year."""

    account_roles: Names = Field(default=[], description="哪些部分的标题写的是报告年度；省略为记述工作的部分")


class ReportYearRule(FindingRule):
    """Places that disagree on the report year."""

    detect: Literal["report-year"]
    options: ReportYearOptions = Field(default_factory=ReportYearOptions)


class TableBalance(Options):
    """Rows of a table that an official format lets add up to others, column by column."""

    left: Words = Field(description="相加的各行，行名中含有的字样")
    right: Words = Field(description="应当与之相等的各行，行名中含有的字样；有几行就先相加")
    through: bool = Field(False, description="左边从第一行起、到最后一行之前的各行都相加")
    left_name: str = Field(description="左边在说明中的叫法")
    right_name: str = Field(description="右边在说明中的叫法")


class TableOptions(Options):
    """How the rows of a table are added up."""

    totals: Words = Field(default=[], description="合计行、合计列的名称")
    parts: Words = Field(default=[], description="有这样的行名，各行会重复计数，不相加")
    not_summed: Words = Field(default=[], description="表头有这些字样的列不相加，如 率")
    balances: list[TableBalance] = Field(default=[], description="规定格式的表格各行之间应有的关系")


class FigureBound(Options):
    """A number that another may not exceed."""

    whole: Words = Field(description="引出总数的字样，如 应参加")
    part: Words = Field(description="引出部分的字样，如 实际")
    measures: Words = Field(description="两个数的量词")
    most: float | None = Field(None, ge=1, description="后一个数最多是前一个数的多少倍；更大的数的不是同一批")


class FiguresOptions(Options):
    """The words by which figures are held against one another."""

    measures: Words = Field(default=[], description="“多”后面紧跟这些量词时才表示概数")
    rough_twice: Words = Field(default=[], description="两个概数词叠用，如 多余（120多余万元）")
    rough_except: Words = Field(default=[], description="看似概数、其实不是的写法")
    numbered: Words = Field(default=[], description="紧跟在这些词之后的数字是名称，如 国道（国道318）")
    shares: Words = Field(default=[], description="不可能超过100%的比率")
    share_joins: Words = Field(default=[], description="比率与数字之间可以有的字")
    share_rows: Words = Field(default=[], description="几个比率与几个数字逐一对应的说法，如 分别为")
    share_verbs: Words = Field(default=[], description="“占”某项总数的百分之几")
    share_except: Words = Field(default=[], description="同一分句里有这些字样，可以超过100%")
    of_which: Words = Field(default=[], description="引出分项的字样")
    sums: Words = Field(default=[], description="引出总数的字样")
    left: Words = Field(default=[], description="剩下的部分")
    rest: Words = Field(
        default=[], description="“其中”之后有这些，各分项就列全了；占比的最后一项有这些，各项相加应为100%"
    )
    rest_of_others: Words = Field(default=[], description="rest 之后有这些字，是别人办的部分")
    made_of: Words = Field(default=[], description="与 whole 同用，引出全部分项的字样")
    whole: Words = Field(default=[], description="紧跟在分项之后有这些，各分项就列全了，如 组成")
    running: Words = Field(default=[], description="还在办的部分")
    people: Words = Field(default=[], description="数人的量词")
    pairs: Words = Field(default=[], description="两项即列全的说法，写作 甲|乙")
    exclusive: Words = Field(
        default=[],
        description="互不重叠的几种结果，写作 甲|乙|丙，同一种的几种叫法写作 甲/又名，末尾加 # 的紧接数字才算：相加不应超过总数",
    )
    kept: Words = Field(default=[], description="exclusive 中有这一种，几种结果就列全了，如 保留")
    beyond: Words = Field(default=[], description="有这些字样，数的不全是同一批，不与总数相比，如 新制定")
    carried: Words = Field(default=[], description="有这些字样，有的是以前留下来的，不与总数相比，如 旧存")
    settled: Words = Field(default=[], description="总数与分项之间可以隔着的、以此开头的短句，如 均已审结")
    periods: Words = Field(default=[], description="一年的几段，用 | 隔开、列全了的：与全年的数核对")
    year_long: Words = Field(default=[], description="说的是全年的数")
    halves: Words = Field(default=[], description="exclusive 中按时间分的，人可以两边都算，如 上半年")
    hotlines: Words = Field(default=[], description="热线的号码，不是数量")
    divided: Words = Field(default=[], description="引出各个分项的短句的开头，如 按类型划分")
    respectively: Words = Field(default=[], description="引出一串数字、与前面的各类逐一对应的说法，如 分别为")
    classed: Words = Field(default=[], description="后面列出全部类别的说法，如 分为")
    class_measures: Words = Field(default=[], description="数类别的量词，如 类（三类）")
    row_aside: Words = Field(default=[], description="有这些字样，一串数字没有列全或数的不是同一批，不核对，如 其余")
    list_aside: Words = Field(default=[], description="有这些字样，其中的数不是并列的分项，不核对，如 较上年")
    rises: Words = Field(default=[], description="表明增加的说法")
    falls: Words = Field(default=[], description="表明减少的说法")
    apart: Words = Field(default=[], description="有这些字样，前后两个数字不能直接比大小，如排名、每月")
    ranks: Words = Field(default=[], description="名次、等级的量词，数字小的可能更高")
    times: Words = Field(default=[], description="时间的量词：提高的是速度，数字反而变小")
    rates: Words = Field(default=[], description="与前面两个数字核对的比率，不带“率”字")
    due_rates: Words = Field(
        default=[], description="同上，但写作100%或相差很远的不核对：有的只以到期的为分母，如 办结"
    )
    due_plainly: Words = Field(default=[], description="due_rates 前后可以有的字，不缩小所说的范围，如 已")
    other_whole: Words = Field(default=[], description="比率后面有这些字样，分母另有说明，不核对，如 扣除")
    due_said: Words = Field(default=[], description="due_rates 的又一种说法，写作 持证|取得资格证/证书")
    earlier: Words = Field(default=[], description="前一个数是上年的，如 上年")
    compared: Words = Field(default=[], description="增减之前可以有的字，如 同比")
    planned: Words = Field(default=[], description="前一个数是计划数，如 计划")
    carried_out: Words = Field(default=[], description="后一个数是完成数，如 实际")
    achieved: Words = Field(default=[], description="完成数占计划数的比率，不带“率”字，如 完成")
    opinions: Words = Field(default=[], description="引出调查里一种看法的字样：几种看法的占比相加不应超过100%")
    opinion_scale: Words = Field(default=[], description="几种看法里有这样的，才是同一道题的答案，如 一般")
    shared: Words = Field(default=[], description="引出占总数百分之几的说法")
    bounds: list[FigureBound] = Field(default=[], description="后一个数不应大于前一个数的几种说法")
    bounds_aside: Words = Field(default=[], description="有这些字样，bounds 里的两个数不相比，如 每、累计")
    among: Words = Field(default=[], description="两个数之间有这些字样，后一个数是前一个数的一部分，如 中有")
    among_things: Words = Field(default=[], description="与 among 同用、数事物的量词，后面须紧接 among_did")
    among_did: Words = Field(default=[], description="那一部分做到了什么，如 完成（12个乡镇中有13个完成）")
    among_measures: Words = Field(default=[], description="与 among 同用的量词")
    done_already: Words = Field(default=[], description="已经做到的，如 已")
    not_yet: Words = Field(default=[], description="还没有做到的，如 尚未：与已经做到的相加不应超过总数")
    still: Words = Field(default=[], description="引出剩下的数，如 还有")
    also: Words = Field(default=[], description="among 的部分之外还有的，如 另有：两部分相加不应超过总数")
    attended: Words = Field(default=[], description="多少人参加了同一件事的说法，如 参加：其后“其中”的人数不会更多")
    turns: Words = Field(default=[], description="一期一期办的事的量词：期数与每期人数相乘，应是总人数")
    namely: Words = Field(default=[], description="后面逐件列出全部文件名称的字样，如 即")
    papers: Words = Field(default=[], description="数文件的量词")
    grades: Words = Field(default=[], description="互不重叠的等次，also 的两部分都是等次的才核对")
    teams: Words = Field(default=[], description="分成的队伍：支数与每支人数相乘，应是总人数")
    team_measures: Words = Field(default=[], description="数队伍的量词")
    taught: Words = Field(default=[], description="总人数之前须有的字样，如 培训：期数与每期人数相乘才是它")
    absent: Words = Field(default=[], description="总人数之后有这些字样，不与期数核对，如 请假")
    more_to_come: Words = Field(default=[], description="列出的名称之后有这些字样，还没有列完，如 另")
    channels: Words = Field(default=[], description="几项占比的名称都以同一个这样的词结尾，才是同一回事的几类，如 反映")
    answers: Words = Field(
        default=[], description="同一道题的几种互不重叠的回答，如 满意、不满意：占比相加不应超过100%"
    )
    money: Words = Field(default=[], description="金额的单位：“其中”之后用顿号列出的几笔，相加不应超过总数，如 元")
    sorts: Words = Field(default=[], description="分项的名称都以同一个这样的词结尾，相加不应超过总数，如 类")
    roles: Words = Field(default=[], description="人的分项都是这样的身份、用顿号列出，相加不应超过总数，如 代表")
    overlapping: Words = Field(default=[], description="附近有这些字样，几部分可能重叠，不核对，如 多选")
    names_not: Words = Field(default=[], description="括号里有这些字样，就不是逐个列出的名称")
    tables: TableOptions = Field(default_factory=TableOptions, description="表格里的数")
    say: dict[
        Literal[
            "rough", "rough-advice", "side", "side-advice", "share", "share-advice", "sum", "sum-advice",
            "change", "direction", "part", "shares", "ratio-advice", "bound", "bound-advice", "names", "names-advice",
            "table-sum", "table-row", "table-balance", "table-advice", "date", "date-advice",
            "product", "listed",
        ],
        str,
    ] = Field(default={}, description="各种情形的说明和建议")  # fmt: skip


class FiguresRule(FindingRule):
    """Figures that contradict themselves."""

    detect: Literal["figures"]
    options: FiguresOptions = Field(default_factory=FiguresOptions)


class RepetitionOptions(Options):
    """How much must be repeated, and what may be."""

    at_least: int = Field(28, ge=1, description="去掉套话之后至少这么多字才算")
    set_phrases: Words = Field(default=[], description="套话：除此之外没说什么的分句，重复不算问题")
    openers: Words = Field(default=[], description="句首承接的字样：有没有它，都算同一句")


class RepetitionRule(FindingRule):
    """Passages that stand twice."""

    detect: Literal["repetition"]
    options: RepetitionOptions = Field(default_factory=RepetitionOptions)


class PersonalRule(FindingRule):
    """Personal data."""

    detect: Literal["personal"]


class SetPhrasesRule(FindingRule):
    """Set phrases whose members are incomplete or out of order."""

    detect: Literal["set-phrases"]


MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class TimelineOptions(Options):
    """From when and up to when a paper may be cited."""

    filed_by: MonthDay = Field("03-31", description="次年几月几日前报出（月-日）：此后才有的文件不应写到")
    replaced_by: MonthDay = Field("06-30", description="报告年度几月几日前失效的（月-日），不应再作为依据")
    historic_roles: Names = Field(default=[], description="哪些部分讲的是以前的事")


class TimelineRule(FindingRule):
    """Papers, bodies and events of another time."""

    detect: Literal["timeline"]
    options: TimelineOptions = Field(default_factory=TimelineOptions)


class DueDateOptions(Options):
    """By when a report is due."""

    due: dict[Body, MonthDay] = Field(default={}, description="各类机关次年几月几日前报出（月-日）；没有列出的不查")


class DueDateRule(FindingRule):
    """A report signed too late."""

    detect: Literal["due-date"]
    options: DueDateOptions = Field(default_factory=DueDateOptions)


class StampsRule(FindingRule):
    """Marks of secrecy and of internal use."""

    detect: Literal["stamps"]


AnyFinding = Annotated[
    PhrasesRule | NumberingRule | MarksRule | BlanksRule | PlanYearRule | ReportYearRule | FiguresRule
    | RepetitionRule | PersonalRule | SetPhrasesRule | TimelineRule | DueDateRule | StampsRule,
    Field(discriminator="detect"),
]  # fmt: skip
