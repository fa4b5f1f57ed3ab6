package planfile

import "splneno/engine"

// A jsonNamed is a plan with what a dry run prints of it. The plan that is
// imported has its areas and measures beside it, as design.md fixes; every
// further plan holds its own.
type jsonNamed struct {
	jsonPlan
	Areas    []jsonArea    `json:"areas"`
	Measures []jsonMeasure `json:"measures"`
}

func toJSONNamed(p engine.Plan) jsonNamed {
	return jsonNamed{
		jsonPlan: jsonPlan{
			Title: p.Title, Kind: string(p.Kind), Territory: p.Territory, Start: string(p.Start), End: string(p.End),
			ApprovedBy: p.ApprovedBy, ApprovedOn: string(p.ApprovedOn), ApprovedAt: p.ApprovedAt,
			Approvals: list(p.Approvals, func(a engine.Approval) fileApproval { return fileApproval(a) }),
			Funding:   p.Funding, Levels: fileLevels(p.Levels),
		},
		Areas:    list(p.Areas, func(a engine.Area) jsonArea { return jsonArea(a) }),
		Measures: list(p.Measures, func(m engine.Measure) jsonMeasure { return jsonMeasure(m) }),
	}
}

func (r *fileReader) fromJSONNamed(f jsonNamed) engine.Plan {
	named := fileNamed{
		Plan: filePlan{
			Title: f.Title, Kind: f.Kind, Territory: f.Territory, Start: f.Start, End: f.End,
			ApprovedBy: f.ApprovedBy, ApprovedOn: f.ApprovedOn, ApprovedAt: f.ApprovedAt,
			Approvals: f.Approvals, Funding: f.Funding, Levels: &f.Levels,
		},
		Areas:    convert(f.Areas, func(a jsonArea) fileArea { return fileArea(a) }),
		Measures: convert(f.Measures, func(m jsonMeasure) fileMeasure { return fileMeasure(m) }),
	}
	return r.named(named)
}

func toJSONGroup(g engine.Group) fileGroup {
	f := fileGroup(g)
	f.Members = list(g.Members, same)
	return f
}

func toJSONEvent(e engine.Occasion) fileEvent {
	f := fileEvent(e)
	f.Programme = list(e.Programme, same)
	return f
}
