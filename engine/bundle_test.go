package engine_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"reflect"
	"testing"
	"time"

	"splneno/engine"
)

// sealedBundle is a bundle of a town that seals with the key of this number.
func sealedBundle(t *testing.T, name string, number, key int) engine.Bundle {
	t.Helper()
	e := engine.Evaluate(record(), at("2024-02-15")).Told()
	e.State, e.Number, e.FrozenAt, e.FrozenBy = engine.EvaluationApproved, number, at("2024-03-01"), jana.Name
	hash, err := e.Digest()
	if err != nil {
		t.Fatal(err)
	}
	e.Hash = hash
	b := engine.Bundle{Name: name, District: "Klatovy", Region: "Plzeňský kraj", Evaluation: e}
	message, err := b.Message()
	if err != nil {
		t.Fatal(err)
	}
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = byte(key)
	private := ed25519.NewKeyFromSeed(seed)
	b.Seal = engine.Seal{Key: base64.StdEncoding.EncodeToString(private.Public().(ed25519.PublicKey)),
		Signature: base64.StdEncoding.EncodeToString(ed25519.Sign(private, message))}
	return b
}

func TestBundleThatWasTamperedWith(t *testing.T) {
	if err := sealedBundle(t, "Město Klatovy", 1, 1).Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		spoil func(*engine.Bundle)
		want  engine.Code
	}{
		"a result":   {func(b *engine.Bundle) { b.Evaluation.Areas[0].Measures[0].Activities[0].Title = "" }, engine.Conflict},
		"a sum":      {func(b *engine.Bundle) { b.Evaluation.Areas[0].Totals.Fulfilled += 100 }, engine.Invalid},
		"the hash":   {func(b *engine.Bundle) { b.Evaluation.Hash = "0" + b.Evaluation.Hash[1:] }, engine.Conflict},
		"the name":   {func(b *engine.Bundle) { b.Name = "Město Sušice" }, engine.Conflict},
		"a district": {func(b *engine.Bundle) { b.District = "Sušice" }, engine.Conflict},
		"a region":   {func(b *engine.Bundle) { b.Region = "" }, engine.Conflict},
		"the day":    {func(b *engine.Bundle) { b.Evaluation.FrozenAt = b.Evaluation.FrozenAt.Add(time.Hour) }, engine.Conflict},
		"by whom":    {func(b *engine.Bundle) { b.Evaluation.FrozenBy = "Někdo jiný" }, engine.Conflict},
		"the key":    {func(b *engine.Bundle) { b.Seal.Key = "AAAA" }, engine.Invalid},
		"a draft":    {func(b *engine.Bundle) { b.Evaluation.State = engine.EvaluationDraft }, engine.Invalid},
		"no name":    {func(b *engine.Bundle) { b.Name = "" }, engine.Invalid},
		"no period":  {func(b *engine.Bundle) { b.Evaluation.Period = engine.Period{ID: "2023"} }, engine.Invalid},
	} {
		b := sealedBundle(t, "Město Klatovy", 1, 1)
		c.spoil(&b)
		if err := b.Check(); err == nil || engine.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReceiveBundle(t *testing.T) {
	stored := sealedBundle(t, "Město Klatovy", 2, 1)
	stored.Town, stored.Version = "mesto-klatovy", 5
	have := []engine.Bundle{stored.Head()}
	again := stored
	again.District = "Sušice"
	next := sealedBundle(t, "Město Klatovy", 1, 1)
	next.Evaluation.Period = engine.Year(2024)
	for name, c := range map[string]struct {
		b       engine.Bundle
		as      engine.Newcomer
		fate    engine.BundleFate
		town    string
		version int
	}{
		"newer":            {sealedBundle(t, "Město Klatovy", 3, 1), engine.Nobody, engine.BundleNewer, "mesto-klatovy", 5},
		"older":            {sealedBundle(t, "Město Klatovy", 1, 1), engine.Nobody, engine.BundleOlder, "mesto-klatovy", 5},
		"same":             {stored, engine.Nobody, engine.BundleSame, "mesto-klatovy", 5},
		"another district": {again, engine.Nobody, engine.BundleChanged, "mesto-klatovy", 5},
		"renamed":          {sealedBundle(t, "Klatovy", 3, 1), engine.Nobody, engine.BundleNewer, "mesto-klatovy", 5},
		"another year":     {next, engine.Nobody, engine.BundleNew, "mesto-klatovy", 0},
		"another town":     {sealedBundle(t, "Sušice", 1, 2), engine.Nobody, engine.BundleNew, "susice", 0},
		"another key":      {sealedBundle(t, "Město Klatovy", 3, 2), engine.Nobody, engine.BundleOtherKey, "mesto-klatovy", 0},
		"key is accepted":  {sealedBundle(t, "Město Klatovy", 3, 2), engine.SameTown, engine.BundleNewer, "mesto-klatovy", 5},
		"only the key":     {sealedBundle(t, "Město Klatovy", 2, 2), engine.SameTown, engine.BundleChanged, "mesto-klatovy", 5},
	} {
		got, fate := c.b.Receive(have, c.as, plainSlug)
		if fate != c.fate || got.Town != c.town || got.Version != c.version {
			t.Errorf("%s: %s as %s, version %d", name, fate, got.Town, got.Version)
		}
	}
	twin := sealedBundle(t, "Město Klatovy", 1, 2)
	if got, fate := twin.Receive(have, engine.AnotherTown, plainSlug); fate != engine.BundleNew || got.Town != "mesto-klatovy-"+twin.Seal.Fingerprint() {
		t.Errorf("a town of the same name: %s as %s", fate, got.Town)
	}
	if reflect.DeepEqual(stored.Head(), stored) {
		t.Error("the head holds the rows")
	}
}
