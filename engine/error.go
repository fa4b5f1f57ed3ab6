package engine

import (
	"errors"
	"fmt"
)

// A Code says what kind of failure an [Error] is. Callers handle errors by
// code; only the edge (pages, command line) turns a code into a sentence.
type Code string

// The codes.
const (
	Invalid     Code = "invalid"     // the input cannot be meant; correct it and try again
	NotFound    Code = "not_found"   // there is no such thing, or it is not yours
	Conflict    Code = "conflict"    // the thing moved since it was read; read it again
	Forbidden   Code = "forbidden"   // this actor may not do that
	Gone        Code = "gone"        // a link or season that has ended
	Unavailable Code = "unavailable" // an outside party does not answer; later may work
)

// An Error is a failure a person can act on: one sentence that says what
// happened, to what, and what to do. Any other error is internal.
type Error struct {
	Code Code
	Msg  string
	Err  error
}

// Error gives the sentence.
func (e *Error) Error() string { return e.Msg }

// Unwrap gives the error this one was made from, if any.
func (e *Error) Unwrap() error { return e.Err }

// Errorf returns an *Error; a %w in format stays unwrappable.
func Errorf(c Code, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: c, Msg: err.Error(), Err: errors.Unwrap(err)}
}

// CodeOf gives the code of err, "" for nil and for internal errors.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
