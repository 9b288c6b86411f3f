package yamltext

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"suqiu/internal/problem"
)

// explanation turns one message of the YAML library into words for the person
// who typed the line.
type explanation struct {
	has     string // part of the library's message
	message string
	fix     string
}

var explanations = []explanation{
	{"mapping values are not allowed", "这一行的英文冒号用错了位置，或者缩进不对",
		"内容里有英文冒号的，请给内容加上英文双引号，或者改用中文冒号“：”；如果是缩进不对，请与同级的键对齐"},
	{"could not find expected ':'", "这一行不是“键: 值”的写法",
		"请写成“键: 值”（英文冒号后空一格）；如果是上一行的续写，请接到上一行末尾"},
	{"cannot start any token", "内容不能以这个符号开头", "请给内容加上英文双引号"},
	{"while scanning a quoted scalar", "引号没有成对", "请补上另一个引号，或者把英文引号改为中文引号“”"},
	{"unexpected end of stream", "引号没有成对", "请补上另一个引号，或者把英文引号改为中文引号“”"},
	{"expected ',' or ']'", "方括号没有成对，或者各项之间缺少英文逗号", "请逐行写成“- 内容”，或者给内容加上英文双引号"},
	{"expected ',' or '}'", "花括号没有成对，或者各项之间缺少英文逗号", "请逐行写成“键: 值”，或者给内容加上英文双引号"},
	{"expected '-' indicator", "列表里这一行没有以“- ”开头，或者缩进不对", "请与上一个“- ”对齐，写成“- 内容”"},
	{"block sequence entries are not allowed", "“- ”不能写在这里", "请另起一行写“- 内容”，缩进两格"},
	{"did not find expected key", "这一行的缩进与同级的键没有对齐，或者引号后面多了内容",
		"请与同级的键对齐；值里有英文引号的，请给整个值加上另一种引号"},
	{"tab character", "这一行用了制表符（Tab）", "请把制表符改为空格"},
	{"alphabetic or numeric character", "内容不能以 & 或 * 开头", "请给内容加上英文双引号"},
	{"expected whitespace", "符号后面缺少空格，或者内容以特殊符号开头", "请给内容加上英文双引号"},
	{"unknown escape", "双引号里的反斜杠 \\ 不能这样写", "请把外面的双引号改为单引号"},
	{"escape", "双引号里的反斜杠 \\ 不能这样写", "请把外面的双引号改为单引号"},
	{"unknown anchor", "不能使用 * 引用", "如果 * 是内容的一部分，请给内容加上英文双引号"},
	{"tag", "内容不能以 ! 开头", "请给内容加上英文双引号"},
	{"directive", "行首不能是 %", "请给内容加上英文双引号"},
	{"document", "中间多了一行 --- 或 ...", "请删去这一行"},
	{"max depth", "嵌套太深", "请参照样例，逐行写“键: 值”"},
	{"control characters", "含有看不见的控制字符", "请删去后重新输入这一行"},
}

// explain finds the line (from zero) that a fault of the library is about, and
// says it in Chinese.
func explain(err error, lines []string) (problem.Problem, int) {
	p := problem.Problem{Rule: "yaml-syntax", Column: 1, Message: "这一行附近的写法无法读取",
		Fix: "请参照样例，逐行写“键: 值”，英文冒号后空一格"}
	if errors.Is(err, errMany) {
		p.Message, p.Fix = "中间多了一行 ---，后面的内容无法读取", "请删去这一行"
		for i, l := range lines {
			if strings.HasPrefix(l, "---") || strings.HasPrefix(l, "...") {
				return p, i
			}
		}
		return p, 0
	}
	line, column := 1, 1
	var le *yaml.LoadError
	text := err.Error()
	if errors.As(err, &le) {
		text = le.Message + " " + le.ContextMsg
		line, column = le.Mark.Line, le.Mark.Column
		if strings.Contains(le.ContextMsg, "quoted scalar") || strings.Contains(le.ContextMsg, "simple key") {
			line, column = le.ContextMark.Line, le.ContextMark.Column
		}
	}
	for _, e := range explanations {
		if strings.Contains(text, e.has) {
			p.Message, p.Fix = e.message, e.fix
			break
		}
	}
	line = min(max(line, 1), max(len(lines), 1))
	// The library points behind the fault when the fault is something missing.
	for line > 1 && strings.TrimSpace(lines[line-1]) == "" {
		line, column = line-1, 1
	}
	p.Column = max(column, 1)
	return p, line - 1
}

// sortProblems puts problems in file order.
func sortProblems(problems []problem.Problem) {
	slices.SortStableFunc(problems, func(a, b problem.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

func itoa(n int) string { return strconv.Itoa(n) }
