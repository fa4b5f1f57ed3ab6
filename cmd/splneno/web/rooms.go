package web

import "splneno/engine"

// doorRoutes are signing in and out, one's own account, and everybody's.
func (s *site) doorRoutes() []route {
	return []route{
		{pattern: "GET /stul/prihlaseni", open: s.showSignIn},
		{pattern: "POST /stul/prihlaseni", open: s.postSignIn},
		{pattern: "GET /stul/prihlaseni/overeni", open: s.showSignIn},
		{pattern: "POST /stul/prihlaseni/overeni", open: s.postSecond},
		{pattern: "GET /stul/prihlaseni/klic", open: s.showSignIn},
		{pattern: "POST /stul/prihlaseni/klic", open: s.postKey},
		{pattern: "GET /stul/prihlaseni/sso", open: s.showSSO},
		{pattern: "POST /stul/prihlaseni/sso", open: s.postSSO},
		{pattern: "GET /stul/pozvani/{token}", open: s.showInvite},
		{pattern: "POST /stul/pozvani/{token}", open: s.postInvite},
		{pattern: "POST /stul/odhlaseni", right: engine.RightSelf, desk: s.postSignOut},

		{pattern: "GET /stul/ucet", right: engine.RightSelf, desk: s.showAccount},
		{pattern: "POST /stul/ucet", right: engine.RightSelf, desk: s.postAccount},
		{pattern: "GET /stul/ucet/overeni", right: engine.RightSelf, desk: s.showFactor},
		{pattern: "POST /stul/ucet/overeni", right: engine.RightSelf, desk: s.postFactor},

		{pattern: "GET /stul/nastaveni/ucty", right: engine.RightManage, desk: s.showAccounts},
		{pattern: "POST /stul/nastaveni/ucty", right: engine.RightManage, desk: s.postAccounts},
		{pattern: "GET /stul/nastaveni/ucty/{id}", right: engine.RightManage, desk: s.showOneAccount},
		{pattern: "POST /stul/nastaveni/ucty/{id}", right: engine.RightManage, desk: s.postOneAccount},
	}
}

// queueRoutes are the answers that wait and what is decided about them.
func (s *site) queueRoutes() []route {
	return []route{
		{pattern: "POST /stul/rozhodnuti", right: engine.RightDecide, desk: s.postDecision},
		{pattern: "POST /stul/hromadne", right: engine.RightDecide, desk: s.postBulk},
	}
}

// seasonRoutes are the entries of a season.
func (s *site) seasonRoutes() []route {
	return []route{
		{pattern: "GET /stul/aktivity/{plan}/{period}", right: engine.RightFollow, desk: s.showActivities},
		{pattern: "POST /stul/aktivity/{plan}/{period}", right: engine.RightDecide, desk: s.postActivities},
	}
}

// evaluationRoutes are the yearly evaluation.
func (s *site) evaluationRoutes() []route {
	return []route{
		{pattern: "GET /stul/vyhodnoceni/{plan}/{period}", right: engine.RightRead, desk: s.showEvaluation},
		{pattern: "POST /stul/vyhodnoceni/{plan}/{period}", right: engine.RightDecide, desk: s.postEvaluation},
		{pattern: "GET /stul/vyhodnoceni/{plan}/{period}/soubor/{name}", right: engine.RightRead, desk: s.evaluationFile},
	}
}

// mailRoutes are the mail that left and the mail that came in.
func (s *site) mailRoutes() []route {
	return []route{
		{pattern: "GET /stul/posta", right: engine.RightFollow, desk: s.showOutbox},
		{pattern: "GET /stul/posta/zprava", right: engine.RightFollow, desk: s.showMessage},
		{pattern: "POST /stul/posta", right: engine.RightDecide, desk: s.postOutbox},
		{pattern: "GET /stul/prichozi", right: engine.RightFollow, desk: s.showInbox},
		{pattern: "GET /stul/prichozi/{id}", right: engine.RightFollow, desk: s.showInbound},
		{pattern: "POST /stul/prichozi/{id}", right: engine.RightDecide, desk: s.postInbound},
		{pattern: "GET /stul/prichozi/{id}/original", right: engine.RightFollow, desk: s.inboundOriginal},
		{pattern: "GET /stul/prichozi/{id}/priloha/{n}", right: engine.RightFollow, desk: s.inboundFile},
	}
}
