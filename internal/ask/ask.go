// Package ask puts the questions of a step to whoever sits at a terminal: one
// after another, choices by their number, all in plain lines, so that a screen
// reader and a terminal without colours do as well. Nothing is written before the
// last answer.
package ask

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/step"
)

// Asker is a terminal.
type Asker struct {
	in  *bufio.Reader
	out io.Writer
}

// New asks on out and reads answers from in.
func New(in io.Reader, out io.Writer) *Asker { return &Asker{bufio.NewReader(in), out} }

// ErrUnanswered says that the answers ended before the questions.
var ErrUnanswered = errors.New("没有答完，什么都没有写")

// fewOptional is how many fields that may stay empty are asked for one by one; of
// more, somebody says first which.
const fewOptional = 4

// Missing asks for every field that has no value yet, those that must have one
// first.
func (a *Asker) Missing(ctx context.Context, fields []step.Field, values map[string]string) error {
	var required, optional []step.Field
	for _, f := range fields {
		if _, given := values[f.Name]; given {
			continue
		}
		if f.Required {
			required = append(required, f)
		} else {
			optional = append(optional, f)
		}
	}
	if err := a.each(ctx, required, values); err != nil {
		return err
	}
	if len(optional) > fewOptional {
		which := step.Field{Name: "还要填哪几项"}
		for _, f := range optional {
			which.Choices = append(which.Choices, f.Name)
		}
		answer, err := a.ask(ctx, &which, true)
		if err != nil {
			return err
		}
		chosen := strings.Split(answer, "、")
		optional = slices.DeleteFunc(optional, func(f step.Field) bool { return !slices.Contains(chosen, f.Name) })
	}
	return a.each(ctx, optional, values)
}

func (a *Asker) each(ctx context.Context, fields []step.Field, values map[string]string) error {
	for i := range fields {
		f := &fields[i]
		answer, err := a.Field(ctx, f)
		if err != nil {
			return err
		}
		values[f.Name] = answer
	}
	return nil
}

// Field asks for one field until the answer may be one.
func (a *Asker) Field(ctx context.Context, f *step.Field) (string, error) {
	return a.ask(ctx, f, f.Kind == step.Units)
}

// ask is Field, where several choices may be the answer or one.
func (a *Asker) ask(ctx context.Context, f *step.Field, several bool) (string, error) {
	fmt.Fprintln(a.out, question(f, several))
	for i, choice := range f.Choices {
		fmt.Fprintf(a.out, "  %2d %s\n", i+1, choice)
	}
	for {
		answer, err := a.answer(ctx, f)
		switch {
		case err != nil:
			return "", err
		case answer == "" && f.Required:
			fmt.Fprintln(a.out, "这一项必填")
		case answer == "" || len(f.Choices) == 0:
			return answer, nil
		default:
			chosen, ok := choose(f, answer, several)
			if ok {
				return chosen, nil
			}
			fmt.Fprintf(a.out, "请填 1 至 %d，或照上面的写\n", len(f.Choices))
		}
	}
}

// severalLines reports whether an answer may have more lines than one: what else
// is pasted into it would answer the questions that follow.
func severalLines(f *step.Field) bool { return f.Kind == step.LongText || f.Kind == step.Section }

// answer is what somebody types, up to an empty line where it may have several.
func (a *Asker) answer(ctx context.Context, f *step.Field) (string, error) {
	var lines []string
	for {
		fmt.Fprint(a.out, "> ")
		line, err := a.line(ctx)
		switch {
		case errors.Is(err, ErrUnanswered) && len(lines) > 0:
			return strings.Join(lines, "\n"), nil
		case err != nil:
			return "", err
		case !severalLines(f):
			return line, nil
		case line == "":
			return strings.Join(lines, "\n"), nil
		}
		lines = append(lines, line)
	}
}

// question is what a field is asked by.
func question(f *step.Field, several bool) string {
	q := f.Name
	if f.Required {
		q += "（必填）"
	} else {
		q += "（可不填，直接回车）"
	}
	if f.Kind == step.Date {
		q += "：日期，如 2026-07-15"
	}
	if several {
		q += "：可填几个，用顿号隔开"
	}
	if severalLines(f) {
		q += "（可写几行，空一行结束）"
	}
	if !several && f.Help != "" && len(f.Choices) == 0 {
		q += "：" + f.Help
	}
	return q
}

// choose is the choice that an answer means: its number or its words; several of
// units.
func choose(f *step.Field, answer string, several bool) (string, bool) {
	parts := []string{answer}
	if several {
		parts = strings.FieldsFunc(answer, func(r rune) bool { return strings.ContainsRune("、，, ", r) })
	}
	for i, part := range parts {
		if n, err := strconv.Atoi(part); err == nil && n >= 1 && n <= len(f.Choices) {
			parts[i] = f.Choices[n-1]
			continue
		}
		if f.Kind != step.Unit && f.Kind != step.Units && !slices.Contains(f.Choices, part) {
			return "", false
		}
	}
	return strings.Join(parts, "、"), true
}

// line is the next line, or the end of ctx.
func (a *Asker) line(ctx context.Context) (string, error) {
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		text, err := a.in.ReadString('\n')
		got <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case l := <-got:
		if l.err != nil && l.text == "" {
			return "", ErrUnanswered
		}
		return strings.TrimSpace(l.text), nil
	}
}
