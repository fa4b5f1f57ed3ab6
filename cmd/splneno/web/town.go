package web

import (
	"context"
	"slices"

	"splneno/engine"
)

// townBehind finds the municipality a secret address was given out by, this
// server's own first. Nothing is stored of these addresses: opens asks one
// municipality and is NotFound where the address is not one of its.
func (s *site) townBehind(ctx context.Context, opens func(tenant string) error) (string, error) {
	all, err := s.Tenants(ctx)
	if err != nil {
		return "", err
	}
	for _, tenant := range slices.Compact(append([]string{s.Tenant}, all...)) {
		err := opens(tenant)
		if err == nil || engine.CodeOf(err) != engine.NotFound {
			return tenant, err
		}
	}
	return "", engine.Errorf(engine.NotFound, "nothing is behind this address; it may have been ended")
}
