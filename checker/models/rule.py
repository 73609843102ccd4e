"""What a rule pack may say: one model a kind of file; unknown keys are refused.

A pack is data.  These models are also the source of the JSON Schemas that editors use, so each field carries its
description in Chinese, for the legal clerk who maintains the rules.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from checker.models.compared import Labels, PlanStatus, require_all

VerdictName = Literal["met", "weak", "missing"]
SeverityName = Literal["error", "warning", "note"]
Level = Literal["national", "province", "city", "county", "township"]
Body = Literal["government", "department", "township"]
Fact = Literal["title-line", "title-year", "title-agency"]
Unit = Literal["clause", "segment", "sentence", "paragraph", "section", "report"]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Phrases = Annotated[list[str], BeforeValidator(_as_list)]
Names = Annotated[list[str], BeforeValidator(_as_list)]
KebabId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]

ACCOUNT = "account"  # the group of roles that tell of what was done
SHORTCOMINGS = "shortcomings"  # the group of roles that tell what fell short, and why


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class ConceptRule(_Strict):
    """A named concept of the lexicon."""

    says: str | None = Field(None, description="这个概念指什么")
    any: Phrases = Field(description="各种说法；以 re: 开头的是正则表达式（RE2）")
    unless: Phrases = Field(default=[], description="包含上述字样但不算的说法")
    whole_words: bool = Field(False, description="命中须是完整的词，不能是别的词的一部分（用分词判断）")


class Near(_Strict):
    """A condition on what stands near a match."""

    any: Phrases = Field(description="附近应出现的说法")
    within: Unit = Field("segment", description="须在同一分句、句、段或部分之内")
    at_most: int | None = Field(None, ge=1, le=500, description="相距最多多少字")
    side: Literal["before", "after", "either"] = Field("either", description="须在其前、其后或前后皆可")
    denied: Literal["no", "either"] = Field("either", description="no：被否定的不算")


class Clue(_Strict):
    """Evidence to look for: which wordings, where, of what time, near what."""

    says: str | None = Field(None, description="这条依据是什么，用一个短语说，如 主要负责人的履职行为")
    any: Phrases = Field(description="依据的各种说法")
    unless: Phrases = Field(default=[], description="包含上述字样但不算的说法")
    within_roles: Names = Field(default=[], alias="in", description="在哪些部分才算；省略时为记述本年度工作的部分")
    place: Literal["heading", "body", "either"] = Field("either", description="在标题、正文或两者")
    time: Literal["done", "planned", "either"] = Field("done", description="已做、计划，或两者皆可")
    denied: Literal["no", "yes", "either"] = Field("no", description="no：被否定的不算；yes：只要被否定的")
    quoted: bool = Field(False, description="书名号内的字样是否也算")
    whose: Literal["own", "anyone"] | None = Field(
        None, description="own：别的机关做的不算；anyone：谁做的都算；省略时，看已做之事的线索（time: done）为 own"
    )
    near: list[Near] = Field(default=[], description="附近须有")
    not_near: list[Near] = Field(default=[], description="附近不得有")
    quote: Literal["clause", "sentence"] = Field("clause", description="展示依据时引用分句还是整句")
    note: str | None = Field(None, description="附在依据后的说明")

    @property
    def own_only(self) -> bool:
        """Whether what another body did does not count."""
        return self.whose == "own" or (self.whose is None and self.time == "done")


class Condition(_Strict):
    """A condition over clues; exactly one of the keys."""

    any: list["Check"] | None = Field(None, description="任一成立")
    all: list["Check"] | None = Field(None, description="全部成立")
    none: list["Check"] | None = Field(None, description="全不成立")
    count: Names | None = Field(None, description="这些依据合计的处数（同一分句只计一处）")
    at_least: int = Field(1, ge=1, description="与 count 同用：至少几处")
    together: Names | None = Field(None, description="这些依据须同在一处")
    within: Unit = Field("section", description="与 together 同用：一处指什么范围")
    fact: Fact | None = Field(None, description="文档的一项事实：有标题行、标题里有年度、标题里有机关名称")

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        given = [k for k in ("any", "all", "none", "count", "together", "fact") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError("一个条件只能写 any、all、none、count、together、fact 中的一项")
        return self


Check = str | Condition


class Because(_Strict):
    """A reason in words for one verdict under one condition; the first that holds is told."""

    verdict: VerdictName
    when: Check
    say: str


class Applies(_Strict):
    """Which reports a rule asks."""

    years: str | None = Field(None, pattern=r"^(>=|<=|>|<|=)?\d{4}$", description="报告年度，如 >=2019")
    bodies: list[Body] = Field(default=[], description="政府、部门、乡镇街道；省略为全部")
    levels: list[Level] = Field(default=[], description="层级；省略为全部")


class Case(_Strict):
    """A text and the verdict it must give (element) or the marked places it must find (finding)."""

    name: str
    text: str
    expect: VerdictName | None = None
    fixed: str | None = None
    year: int | None = None
    todo: str | None = None


class CaseFile(_Strict):
    """The cases beside a rule."""

    rule: str
    cases: list[Case]


class Element(_Strict):
    """A content the report must have, and what earns each verdict."""

    id: KebabId
    title: str
    part: KebabId = Field(description="计入哪一部分：pack.yaml 中 parts 的一项")
    order: int = Field(description="在结果中的次序")
    weight: float = Field(ge=0, le=100)
    basis: list[str] = Field(min_length=1, description="依据的文件（条文号确知时写明）")
    applies: Applies = Field(default_factory=Applies)
    may_miss: bool = Field(False, description="缺失时仍可合格")
    clues: dict[str, Clue]
    met: Check
    weak: Check
    shows: Names = Field(default=[], description="达标时先展示哪些依据；判定时没有用到的其他依据，只在不足两处时再找")
    home: Names = Field(default=[], description="写这一项的本来部分：这里的依据先展示")
    reasons: dict[VerdictName, str]
    because: list[Because] = Field(default=[])
    advice: str
    model: str = Field(description="示范句；{year}、{next} 换成报告年度和下一年")
    counts: str | None = Field(None, description="什么算数，用一句话说")
    not_counts: str | None = Field(None, description="什么不算，用一句话说")

    @cached_property
    def met_clues(self) -> list[str]:
        """The clues that the condition for ``met`` mentions, each once."""
        return list(dict.fromkeys(clue_names(self.met)))

    @model_validator(mode="after")
    def _complete(self) -> Self:
        missing = {"met", "weak", "missing"} - set(self.reasons)
        if missing:
            raise ValueError(f"reasons 缺少：{'、'.join(sorted(missing))}")
        for name in self.shows:
            if name not in self.clues:
                raise ValueError(f"shows 提到的 {name} 不在 clues 中")
        for check in (self.met, self.weak, *(b.when for b in self.because)):
            for name in clue_names(check):
                if name not in self.clues:
                    raise ValueError(f"条件提到的 {name} 不在 clues 中（有：{'、'.join(self.clues)}）")
        return self


def clue_names(check: Check) -> list[str]:
    """Every clue a condition mentions."""
    if isinstance(check, str):
        return [check]
    names = [*(check.count or []), *(check.together or [])]
    for inner in (check.any, check.all, check.none):
        for part in inner or []:
            names += clue_names(part)
    return names


class Correction(_Strict):
    """A wording that is wrong, and the right form where there is just one."""

    find: Phrases
    unless: Phrases = []
    swap: dict[str, str] = Field(default={}, description="命中文字中把什么换成什么")
    right: str | None = Field(None, description="正确写法（整体替换）")
    say: str | None = Field(None, description="对这一处的说明")
    advise: str | None = Field(None, description="对这一处的修改建议；没有唯一正确写法时应写明")
    severity: SeverityName | None = None
    near: list[Near] = []
    not_near: list[Near] = []
    quoted: bool = Field(False, description="书名号内的也查")
    years: str | None = Field(None, pattern=r"^(>=|<=|>|<|=)?\d{4}$")


class PhraseSet(_Strict):
    """A set phrase that lists members: which, in which order, and from how many on a list is taken for it."""

    title: str = Field(description="固定表述的名称，如 四个意识")
    members: list[Phrases] = Field(min_length=2, description="依次列出各项，每项可有几种写法")
    wrong: Phrases = Field(default=[], description="常被误列的旧说法或错误说法")
    unless: Phrases = Field(default=[], description="列举与这些说法重叠即不查，如地方的提法")
    names: Phrases = Field(default=[], description="列举前后点明这一表述的字样")
    least: int | None = Field(None, ge=2, description="没有点明时，至少列出几项才视为这一表述；省略为不查")
    least_named: int = Field(2, ge=1, description="点明时，至少列出几项才查")
    gap: int = Field(3, ge=0, le=20, description="两项之间除顿号外最多相隔几个字")
    right: str | None = Field(None, description="规范的完整表述")
    lacking: SeverityName | Literal["ignore"] = Field("warning", description="缺项时的严重程度")
    lacking_named: SeverityName | None = Field(None, description="点明时缺项的严重程度，不写则同 lacking")
    misordered: SeverityName | Literal["ignore"] = Field("warning", description="次序颠倒时的严重程度")
    outdated: SeverityName | Literal["ignore"] = Field("warning", description="含有 wrong 所列说法时的严重程度")
    years: str | None = Field(None, pattern=r"^(>=|<=|>|<|=)?\d{4}$")


class Telling(_Strict):
    """How one sort of a rule's faults is told, where it differs from the rule's own words."""

    message: str
    advice: str | None = None
    severity: SeverityName | None = None


class Options(_Strict):
    """What a finding rule tells its detector; each detector's own options stand in ``checker.models.detectors``."""


class FindingRule(_Strict):
    """A kind of fault: how it is detected, how it is told."""

    id: KebabId
    title: str
    severity: SeverityName
    sensitive: bool = Field(False, description="命中的文字本身不宜显示（如证件号码）")
    detect: str = Field(description="检测方法")
    basis: list[str] = Field(min_length=1)
    message: str
    advice: str
    applies: Applies = Field(default_factory=Applies)
    corrections: list[Correction] = []
    sets: list[PhraseSet] = Field(default=[], description="列举各项的固定表述")
    words: dict[KebabId, ConceptRule] = Field(default={}, description="检测方法要找的几类字样")
    tellings: dict[KebabId, Telling] = Field(default={}, description="这类问题的几种情形各怎样说明")
    options: Options = Field(default_factory=Options, description="该检测方法的参数")


class Closing(_Strict):
    """How a section that closes the account is told by its segments, where its heading names no role and no other section
    has it: the last one behind the shortcomings as the plan, the one right before the plan as another."""

    any: Phrases = Field(description="这样的一节里，除这一部分常有的说法外还可以有的说法")
    unless: Phrases = Field(default=[], description="看似而非的说法")
    share: float = Field(default=0.5, ge=0.1, le=1, description="至少多大比例的分句有这样的说法")
    at_least: int = Field(default=2, ge=1, description="至少几个分句有这样的说法")


class Content(_Strict):
    """How a section whose heading names no role is told by its segments."""

    any: Phrases = Field(description="这一部分的句子里常有的说法")
    unless: Phrases = Field(default=[], description="看似而非的说法")
    beside: Phrases = Field(default=[], description="有这样说法的分句不计入比例，如不足之后说的原因和打算")
    share: float = Field(default=0.6, ge=0.1, le=1, description="至少多大比例的分句有这样的说法")
    at_least: int = Field(default=2, ge=1, description="至少几个分句有这样的说法")
    after: float = Field(default=0.4, ge=0, le=1, description="这一部分至少从全文的什么位置开始（0 到 1）")
    closing: Closing | None = Field(
        default=None,
        description="紧接在安排之前（安排则是不足之后的最后一节）、又没有别处写这一部分时，怎样从句子看出来",
    )


class Role(_Strict):
    """What a part of the report tells of, and how its headings and opening sentences are worded."""

    title: str
    time: Literal["done", "planned", "either"] = "done"
    headings: Phrases = Field(default=[], description="标题中的说法")
    headings_begin: Phrases = Field(default=[], description="标题以这些字样开头（序号之后）")
    headings_whole: Phrases = Field(default=[], description="整个标题（序号之后）就是这些字样")
    headings_close: Phrases = Field(default=[], description="冒号之后的后半个标题以这些字样结尾")
    not_headings: Phrases = Field(default=[], description="看似而非的标题")
    opens: Phrases = Field(default=[], description="没有标题时，句中怎样转入这一部分")
    not_opens: Phrases = Field(default=[], description="看似转入而不是的说法")
    content: Content | None = Field(default=None, description="标题没有说明是哪一部分时，怎样从句子看出来")
    from_roles: Names = Field(default=[], description="二级及以下标题只能从这些部分转入；省略为任何部分")


class Others(_Strict):
    """How a clause tells at its head that another body acts; what such a body did is not the report's own.

    ``bodies``, ``elsewhere``, ``outsiders``, ``own``, ``not_own``, ``own_parts`` and ``answers`` are phrases; the other lists are plain
    words, compared with the text at one place.
    """

    ranks: dict[Level, Names] = Field(description="名称里表示各级的字，从高到低")
    bodies: Phrases = Field(description="机关的名称：从表示级别的字起（前面可以有地名），到表示机关的字止")
    no_name: str = Field("", description="名称里不会有的字")
    no_ending: Names = Field(default=[], description="以这些字样结尾的不是机关，或者可能是本机关承办的")
    no_behind: Names = Field(default=[], description="后面紧接这样的字，不是机关名称")
    no_start: Names = Field(default=[], description="以这些字样开头的，前面没有表示级别的字就不是机关，如 市场")
    no_before: Names = Field(default=[], description="表示级别的字连同前面的字是这些，不是机关名称，如 社区")
    branches: Names = Field(default=[], description="名称以此结尾的，名称里的级别是上级机关的")
    endings: Names = Field(description="机关名称末尾的字，去掉后看是不是本机关的业务")
    short: Names = Field(default=[], description="级别后面只有这个字的，是本机关的简称，如 县局")
    independent: Names = Field(default=[], description="名称以此结尾的，不论哪一级都不属于政府")
    stands_for: dict[str, Names] = Field(
        default={},
        description="本机关名称里有左边的字时，名称以右边的字结尾的本级机关也算自己，如某局经办本级政府的一部分事",
    )
    elsewhere: Phrases = Field(default=[], description="别的地方，如 邻县")
    outsiders: Phrases = Field(default=[], description="机关以外的单位自己做的事")
    urges: Names = Field(default=[], description="outsiders 前面有这样的字样，是本机关叫它做的")
    own: Phrases = Field(default=[], description="分句里有这样的字样，说的是本机关")
    not_own: Phrases = Field(default=[], description="看似说到本机关，其实只说地点的，如 在我街道辖区")
    own_parts: Phrases = Field(default=[], description="本机关名称末尾的字带出的内部组织、人员，如 局党组")
    own_first: Names = Field(default=[], description="分句以此开头，说的是本机关")
    leads: Names = Field(default=[], description="机关名称前面可以有的字样，如 年内")
    agents: Names = Field(default=[], description="机关名称前面的“由”一类的字")
    agent_acts: Names = Field(default=[], description="与 agents 同用，须在名称后面的动词")
    sources: Names = Field(default=[], description="机关名称前面的“据”一类的字")
    source_acts: Names = Field(default=[], description="与 sources 同用，须在名称后面的动词")
    no_place: str = Field("", description="机关名称前面的字里有这些字之一，就不是地名，名称也不是做事的一方")
    follows: Names = Field(default=[], description="名称后面紧接这样的字，名称就不是做事的一方")
    lends: Names = Field(default=[], description="名称后面不远处有这样的字样，是说它办的一件事，本机关可能参加")
    supervises: Names = Field(default=[], description="分句里有这样的字样又没有说到别的机关，是对本机关的监督")
    answers: Phrases = Field(default=[], description="分句里有这样的字样，是被监督的机关在整改，或监督的是别的单位")
    joins: Names = Field(default=[], description="本机关的名称（不带地名）紧接在这些字后面，说的也是本机关")
    passes_down: Names = Field(default=[], description="分句里有这样的字样，后面没有主语的分句说的是本机关")
    circumstance: Names = Field(default=[], description="分句以此结尾，只说明背景，不管后面的分句")
    continues: Names = Field(default=[], description="下一句以此开头，仍在说这个机关")

    @cached_property
    def signs(self) -> frozenset[str]:
        """The single characters that tell a rank."""
        return frozenset(sign for signs in self.ranks.values() for sign in signs if len(sign) == 1)


class Sections(_Strict):
    """Roles in order of precedence, and the wordings of time, denial and page furniture."""

    roles: dict[KebabId, Role]
    default: str
    preamble: str
    aside: str | None = Field(default=None, description="叙述本年工作时，句中顺带说到以后的打算，算哪一部分")
    groups: dict[KebabId, list[str]]
    planned: Phrases = Field(description="句子说的是以后的事")
    not_planned: Phrases = Field(default=[])
    demands: Phrases = Field(default=[], description="说的是要求别人做的事、别人说过的话，不是自己做了的事")
    not_demands: Phrases = Field(default=[])
    resumes: Phrases = Field(default=[], description="同一句里又说回自己做了什么")
    earlier: Phrases = Field(default=[], description="句子说的是以前年度的事")
    earlier_first: Phrases = Field(default=[], description="在分句开头时，说的是以前年度的事")
    not_earlier_first: Phrases = Field(default=[])
    this_year: Phrases = Field(default=[], description="说过以前年度以后，又说回报告年度")
    denials: Phrases = Field(description="否定词")
    not_denials: Phrases = Field(default=[])
    denied_after: Phrases = Field(default=[], description="写在后面的否定（……没有举办、……推迟）")
    others: Others | None = Field(default=None, description="别的机关做的事，怎样从分句开头看出来")
    furniture: dict[Literal["starts", "contains", "whole"], list[str]] = {}
    form: dict[Literal["headings", "rows"], list[str]] = Field(
        default={}, description="格式规定的字样：headings 标题，嵌在行文中也算；rows 表格的行名，带序号也不是标题"
    )


class Grade(_Strict):
    """A grade and the score from which it is given."""

    name: str
    least: float = Field(alias="from")


class Enough(_Strict):
    """How many coverage fields earn the coverage part in full."""

    fields: int
    bodies: list[Body] = []
    levels: list[Level] = []


class Scale(_Strict):
    """How points become a score."""

    max_score: float = 100
    weak_share: float = 0.5
    pass_from: float = 60
    deductions: dict[SeverityName, float]
    deductions_cap: float
    grades: list[Grade]
    coverage: list[Enough]


class PartRule(_Strict):
    """A part of the score: a group of elements that are listed and counted together."""

    title: str = Field(description="这一部分的名称，如 必备要素")
    must: bool = Field(False, description="其中的要素缺失即不通过（要素写明 may_miss 的除外）")
    best: bool = Field(False, description="只按其中最好的几项计分，几项见 scale 的 coverage")


def _usual_parts() -> dict[str, PartRule]:
    return {
        "required": PartRule(title="必备要素", must=True),
        "coverage": PartRule(title="覆盖领域", best=True),
    }


class DocumentKind(_Strict):
    """How a document of this kind is recognised."""

    name: str
    title: Phrases = Field(description="标题写法")
    other_titles: Phrases = Field(description="标题中出现即不是这类文件")
    not_other_titles: Phrases = []
    headlines: Phrases = Field(default=[], description="标题行里有这些说法的是新闻、解读，不是这类文件本身")
    not_headlines: Phrases = []
    signals: Phrases = Field(description="正文中表明属于这类文件的说法")
    contrary: Phrases = Field(default=[], description="正文中表明不是这类文件的说法")
    addressees: Phrases = Field(default=[], description="主送这些机构、又有 announces 的，没有标题也当作有")
    announces: Phrases = Field(default=[], description="开头说明下面是报告的说法")
    year_formula: Phrases = Field(default=[], description="报告年度出现在怎样的说法里（含 {year}）")
    year_opening: Phrases = Field(
        default=[], description="以年份开头的第一句，除“某年，”“某年度”以外的写法（含 {year}）"
    )
    told: Phrases = Field(default=[], description="记述已做之事的说法；全文没有几处即不是报告")
    intended: Phrases = Field(default=[], description="部署、要求、指标的说法；与 told 同在一句则不算记述")
    least_told: int = 0
    least_signals: int
    least_per_thousand: float
    many_signals: int | None = Field(None, description="开头说到、全文有这么多种 signals 的，least_per_thousand 减半")
    agencies: Phrases = Field(default=[], description="机关名称的结尾")
    not_agencies: Phrases = Field(default=[], description="看似机关名称结尾而不是的词")
    places: Phrases = Field(default=[], description="地方名称的结尾；只在标题里、或后面有 acts 时才算机关名称")
    titled: Phrases = Field(default=[], description="其他机构名称的结尾；只在标题里才算机关名称")
    acts: Phrases = Field(default=[], description="正文开头紧跟在机关名称之后的说法，如 坚持、深入")
    ours: Phrases = Field(default=[], description="指代本机关的说法，如 我局、我镇；没有名称时据以判断层级")
    pronouns: Phrases = Field(default=[], description="指代其他机关而不是名称的说法，如 贵局、各区")
    hands_over: Phrases = Field(default=[], description="引出所报内容的说法；以它开头的行不是标题")
    not_hands_over: Phrases = Field(default=[], description="含有这些字的真名称")
    leads: Phrases = Field(default=[], description="正文中引出机关的虚词；名称不以它开头")
    turns: Phrases = Field(default=[], description="正文中转入另一层意思的虚词；名称里没有它")
    not_leads: Phrases = Field(default=[], description="含有 leads、turns 的字的真名称")
    title_about: list[str] = Field(default=[], description="标题中引出事由的虚词，如 关于；机关名称到它为止")
    title_goes_on: list[str] = Field(
        default=[], description="紧跟在文件名称之后即不是标题、而是提到这类文件的文字，如 指出；只写文字，不用记号"
    )
    title_not: list[str] = Field(default=[], description="以此开头的行是正文而不是标题，如 根据；只写文字，不用记号")
    levels: dict[Level, Phrases] = {}
    not_levels: Phrases = Field(default=[], description="机关名称里含有这些字而不表明层级的词，如 市场、城乡")
    bodies: dict[Body, Phrases] = {}


class PackFile(_Strict):
    """pack.yaml: what the pack is and how it scores."""

    id: KebabId
    title: str
    version: str
    language: str = "zh-CN"
    extends: str | None = Field(None, description="继承哪个规则包：编号，或目录的路径")
    abstract: bool = Field(False, description="只供别的规则包继承，自己不能用来审查")
    about: str | None = Field(None, description="说明：这个规则包管什么，依据什么，哪些没有列入")
    changes: dict[KebabId, dict[str, Any]] = Field(
        default={}, description="与 extends 同用：改动继承来的规则，写规则编号和有变动的键；改动多的另写文件"
    )
    switch_off: Names = Field(default=[], description="与 extends 同用：停用的规则编号")
    parts: dict[KebabId, PartRule] = Field(default_factory=_usual_parts, description="要素分成哪几部分计分")
    document: DocumentKind
    scale: Scale


def _day(value: Any) -> Any:
    """A date as text; YAML takes a mere year for a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _real_day(value: str) -> str:
    year, *rest = value.split("-")
    try:
        date(int(year), *(int(part) for part in [*rest, "1", "1"][:2]))
    except ValueError:
        raise ValueError(f"“{value}”不是真实的日期，应为年、年-月或年-月-日，如 2021、2021-08、2021-08-11") from None
    return value


Day = Annotated[
    str, Field(pattern=r"^(19|20)\d{2}(-\d{2}(-\d{2})?)?$"), BeforeValidator(_day), AfterValidator(_real_day)
]


class TimelineEntry(_Strict):
    """A document, law, meeting, campaign or body and when it held."""

    id: KebabId
    names: Phrases
    unless: Phrases = Field(default=[], description="包含上述名称但不是它的说法")
    kind: Literal["document", "law", "meeting", "campaign", "body", "book", "phrase"]
    begins: Day | None = Field(None, description="从何时起：年、年-月或年-月-日")
    ends: Day | None = Field(None, description="到何时止：年、年-月或年-月-日")
    successor: str | None = None
    certain: bool = True
    edition: bool = Field(False, description="写明年份的旧版：同一句里讲到旧案、新法的，不算当作现行依据")
    source: str
    note: str | None = None


class Topic(_Strict):
    """A matter that passages can be about."""

    title: str
    any: Phrases = Field(description="说到这件事的各种说法")
    unless: Phrases = Field(default=[], description="包含上述字样但不算的说法")
    broad: bool = Field(False, description="范围太宽，只凭它不能认定说的是同一件事")


class Items(_Strict):
    """What counts as one item: in which parts, told by which clues of which element."""

    element: KebabId
    clues: Names
    also: Phrases = Field(default=[], description="这些部分里的这些说法也算")
    own_items: Names = Field(default=[], description="一句里并列的分句各自有这些线索的，各算一项")
    every: bool = Field(False, description="这些部分里的每一句都算，没有线索的也算")
    within_roles: Names = Field(alias="in", description="位于哪些部分")


class Candidate(_Strict):
    """What may be the content of an element that seems missing."""

    any: Phrases
    within_roles: Names = Field(default=[], alias="in", description="只在这些部分找；省略为全文")
    not_in: Names = Field(default=[], description="不在这些部分找")


ProblemTold = Literal["rectified", "again", "unfinished", "plan", "passing", "silent"]


class ComparisonReasons(_Strict):
    """How it is told what became of an item of last year's report, and of a shortcoming without a plan."""

    problems: dict[ProblemTold, str] = Field(description="上年的一条问题：本年度报告怎样说到它")
    plans: dict[PlanStatus, str] = Field(description="上年的一项打算：本年度报告怎样说到它")
    unanswered: str = Field(description="本年度的一条问题没有对应的打算时，建议怎样写")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        require_all(self.problems, ProblemTold)
        require_all(self.plans, PlanStatus)
        return self


class Comparison(_Strict):
    """How passages are compared: with last year's report, shortcomings with plans, elements with what may be meant."""

    labels: Labels = Field(description="结果里怎样称呼比对的各种事")
    reasons: ComparisonReasons = Field(description="结果里怎样说明比对的结论")
    shortcomings: Items
    plans: Items
    openers: Phrases = Field(default=[], description="一项的开头")
    done: Phrases = Field(description="说的是已经做了的事")
    unfinished: Phrases = Field(default=[], description="说的是没有做完")
    last_told: Phrases = Field(default=[], description="点明是在说上一年度的问题")
    last_named_until: list[str] = Field(
        default=[], description="点名上一年度问题的文字到哪个词为止；只写文字，不用记号"
    )
    figures: Phrases = Field(default=[], description="可比的数字")
    not_figures: Phrases = Field(default=[], description="不比的数字")
    set_phrases_of: KebabId | None = Field(None, description="套话取自哪条问题规则的 set_phrases")
    set_phrases: list[str] = Field(default=[], description="另外的套话，照抄不算")
    hollow: Phrases = Field(default=[], description="不说明是什么事的字样，比对时不看")
    topics: dict[KebabId, Topic] = Field(description="各件事及其说法")
    candidates: dict[KebabId, Candidate] = Field(default={}, description="要素缺失时哪些说法可能就是")
    topics_of_elements: dict[KebabId, Names] = Field(default={}, description="要素缺失时哪些事可能就是")


class RulePack(_Strict):
    """A whole pack, merged from its files and what it extends."""

    id: str
    title: str
    version: str
    document: DocumentKind
    scale: Scale
    about: str | None = None
    parts: dict[str, PartRule] = Field(default_factory=_usual_parts)
    sections: Sections
    concepts: dict[str, ConceptRule]
    elements: list[Element]
    findings: list[FindingRule]
    timeline: list[TimelineEntry] = []
    comparison: Comparison | None = None
    _compiled: Any = PrivateAttr(None)

    @property
    def compiled(self) -> Any:
        """What the engine made of this pack, once it has."""
        return self._compiled

    def remember(self, compiled: Any) -> None:
        """Keep what the engine made of this pack, so that it is made once."""
        self._compiled = compiled
