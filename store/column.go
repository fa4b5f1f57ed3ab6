package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// asJSON keeps a value in a text column. Fields that are stored and no longer
// known are passed over.
type asJSON[T any] struct{ V T }

// Value writes the column.
func (j asJSON[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(j.V)
	return string(b), err
}

// Scan reads the column.
func (j *asJSON[T]) Scan(src any) error {
	switch s := src.(type) {
	case string:
		if s == "null" { // as most lists are: it need not be decoded
			var none T
			j.V = none
			return nil
		}
		return json.Unmarshal([]byte(s), &j.V)
	case []byte:
		return json.Unmarshal(s, &j.V)
	}
	return fmt.Errorf("store: a JSON column holds %T", src)
}

// utc gives t as both databases keep it: in UTC, to the microsecond. The zero
// time stays zero and is stored as NULL.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// versioned is embedded in rows that are refused when they moved.
type versioned struct {
	Version int `bun:",notnull"`
}

func (v *versioned) version() *int { return &v.Version }
