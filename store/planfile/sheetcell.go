package planfile

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"splneno/engine/czech"
)

// A value that is no plain text is written into a cell so that a person may
// still edit it: a list a line each, the fields of one thing parted by " | ".
// What would be taken for a separator stands behind a backslash.

const nothingHere = `\0` // an empty text where leaving it out would mean none

// formatCell writes a value; [parseCell] reads it back.
func formatCell(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.Bool:
		return czech.YesWord(v.Bool())
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return formatInner(v.Elem())
	case reflect.Slice:
		var lines []string
		for i := range v.Len() {
			lines = append(lines, formatInner(v.Index(i)))
		}
		return strings.Join(lines, "\n")
	case reflect.Map:
		var lines []string
		for _, key := range v.MapKeys() {
			lines = append(lines, guard(key.String())+" | "+guard(v.MapIndex(key).String()))
		}
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	case reflect.Struct:
		var fields []string
		for i := range v.NumField() {
			fields = append(fields, zeroAsEmpty(v.Field(i)))
		}
		for len(fields) > 0 && fields[len(fields)-1] == "" {
			fields = fields[:len(fields)-1]
		}
		return strings.Join(fields, " | ")
	}
	panic(fmt.Sprintf("planfile: no cell for %s", v.Type())) // unreachable unless file.go gains a kind of value
}

func zeroAsEmpty(v reflect.Value) string {
	if v.IsZero() {
		return ""
	}
	return guard(formatCell(v))
}

// formatInner writes an entry of a list, or what a pointer points to. One thing
// has guarded its fields itself.
func formatInner(v reflect.Value) string {
	text := formatCell(v)
	if v.Kind() != reflect.Struct {
		text = guard(text)
	}
	return cmp.Or(text, nothingHere)
}

func parseInner(v reflect.Value, text string) error {
	switch {
	case text == nothingHere:
		return nil
	case v.Kind() != reflect.Struct:
		text = unguard(text)
	}
	return parseCell(v, text)
}

var guarding = strings.NewReplacer(`\`, `\\`, "|", `\|`, "\n", `\n`)

// guard keeps separators inside a text from parting it.
func guard(s string) string { return guarding.Replace(s) }

// unguard takes the backslashes off.
func unguard(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	behind := false
	for _, r := range s {
		switch {
		case !behind && r == '\\':
			behind = true
			continue
		case behind && r == 'n':
			r = '\n'
		}
		b.WriteRune(r)
		behind = false
	}
	return b.String()
}

// parseCell reads what formatCell wrote, or what a person wrote in its manner.
func parseCell(v reflect.Value, text string) error {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int:
		n, err := strconv.Atoi(strings.TrimSpace(text))
		v.SetInt(int64(n))
		return err
	case reflect.Float64:
		n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
		v.SetFloat(n)
		return err
	case reflect.Bool:
		yes, ok := czech.ReadYes(text)
		v.SetBool(yes)
		if !ok {
			return fmt.Errorf("neither yes nor no")
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return parseInner(v.Elem(), text)
	case reflect.Slice:
		return parseList(v, text)
	case reflect.Map:
		return parseMap(v, text)
	case reflect.Struct:
		return parseFields(v, text)
	}
	return nil
}

func parseList(v reflect.Value, text string) error {
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			continue // somebody left an empty line; an empty entry is nothingHere
		}
		entry := reflect.New(v.Type().Elem()).Elem()
		if err := parseInner(entry, line); err != nil {
			return err
		}
		v.Set(reflect.Append(v, entry))
	}
	return nil
}

func parseMap(v reflect.Value, text string) error {
	v.Set(reflect.MakeMap(v.Type()))
	for line := range strings.SplitSeq(text, "\n") {
		parts := splitFields(line)
		if len(parts) != 2 {
			return fmt.Errorf("no pair")
		}
		v.SetMapIndex(reflect.ValueOf(unguard(parts[0])), reflect.ValueOf(unguard(parts[1])))
	}
	return nil
}

func parseFields(v reflect.Value, text string) error {
	parts := splitFields(text)
	if len(parts) > v.NumField() {
		return fmt.Errorf("too many parts")
	}
	for i, part := range parts {
		if part == "" {
			continue
		}
		if err := parseCell(v.Field(i), unguard(part)); err != nil {
			return err
		}
	}
	return nil
}

// splitFields cuts at bars that are not guarded, with one space about each.
func splitFields(text string) []string {
	var parts []string
	from, behind := 0, false
	for i, r := range text {
		if r == '|' && !behind {
			parts = append(parts, text[from:i])
			from = i + 1
		}
		behind = r == '\\' && !behind
	}
	parts = append(parts, text[from:])
	for i := range parts {
		if i > 0 {
			parts[i] = strings.TrimPrefix(parts[i], " ")
		}
		if i+1 < len(parts) {
			parts[i] = strings.TrimSuffix(parts[i], " ")
		}
	}
	return parts
}
