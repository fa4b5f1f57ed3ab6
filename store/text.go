package store

import (
	"cmp"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"splneno/engine"
)

// checkText refuses text a database would alter: one cuts or drops at a NUL,
// another puts a mark in place of bytes that are no UTF-8.
func checkText(value any) error {
	if bad := badText(reflect.ValueOf(value)); bad != "" {
		return engine.Errorf(engine.Invalid, "%s of %T contains a NUL or is no valid UTF-8; nothing was stored", bad, value)
	}
	return nil
}

func clean(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

var timeType = reflect.TypeFor[time.Time]()

// badText says where the first text stands that cannot be stored. It does not
// say what it is: that may be a letter somebody wrote.
func badText(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		if !clean(v.String()) {
			return "a text"
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return badText(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 { // bytes are kept as bytes
			return ""
		}
		for i := range v.Len() {
			if bad := badText(v.Index(i)); bad != "" {
				return bad
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if bad := cmp.Or(badText(it.Key()), badText(it.Value())); bad != "" {
				return bad
			}
		}
	case reflect.Struct:
		if v.Type() == timeType {
			return ""
		}
		for i := range v.NumField() {
			if bad := badText(v.Field(i)); bad != "" {
				return bad + " of " + v.Type().Field(i).Name
			}
		}
	}
	return ""
}
