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
