package engine

import "time"

// A Meeting is a gathering of the steering group about the results of a season.
// Its papers leave to the members on a day of the calendar.
type Meeting struct {
	Plan, Period string
	ID           int // from 1, per season
	Body         string
	Day          Date
	Time         string // "14:00", local
	Place        string
	Agenda       []string // points in order
	Items        []string // ids of the activities to be decided about, in order
	SendOn       Date     // the day the papers leave, "" for never by itself
	SentAt       time.Time
	Version      int
}
