package czech

// CoordinatorName is how the coordinator is called among the responsible bodies.
const CoordinatorName = "Koordinátor komunitního plánování"

// CoordinatorAliases gives the names plans use for the coordinator.
func CoordinatorAliases() []string {
	return []string{"koordinátor KPSS", "koordinátor realizace KPSS", "koordinátorka KPSS", "koordinátor komunitního plánu", "koordinátorka komunitního plánování"}
}

// StandingIn names somebody who acts for somebody else: "Y v zastoupení X".
func StandingIn(name, standsFor string) string { return name + " v zastoupení " + standsFor }
