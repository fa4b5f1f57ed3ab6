package web

import "net/http"

// routes is the map of the house. Every path is Czech in plain ASCII.
func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	page := func(pattern string, h handler) { mux.Handle(pattern, s.handle(h)) }
	desk := func(pattern string, h deskHandler) { mux.Handle(pattern, s.handle(s.desk(h))) }

	page("GET /{$}", s.start)
	page("GET /healthz", healthz)
	page("GET /static/{name}", s.asset)
	page("/", s.nowhere)

	page("GET /o/{token}", s.showSheet)
	page("POST /o/{token}", s.postSheet)
	page("GET /o/{token}/prehled", s.showReceipt)

	page("GET /stul/prihlaseni", s.showSignIn)
	page("POST /stul/prihlaseni", s.postSignIn)
	desk("POST /stul/odhlaseni", s.postSignOut)

	desk("GET /stul", s.showDesk)
	desk("POST /stul/rozhodnuti", s.postDecision)
	desk("POST /stul/hromadne", s.postBulk)
	desk("POST /stul/odkaz", s.postLink)
	desk("POST /stul/kontakt", s.postContact)
	desk("GET /stul/aktivity/{plan}/{period}", s.showActivities)
	desk("POST /stul/aktivity/{plan}/{period}", s.postActivities)
	desk("GET /stul/vyhodnoceni/{plan}/{period}", s.showEvaluation)
	desk("POST /stul/vyhodnoceni/{plan}/{period}", s.postEvaluation)
	desk("GET /stul/vyhodnoceni/{plan}/{period}/soubor/{name}", s.evaluationFile)
	desk("GET /stul/posta", s.showOutbox)
	desk("POST /stul/posta", s.postOutbox)

	desk("GET /stul/prichozi", s.showInbox)
	desk("GET /stul/prichozi/{id}", s.showInbound)
	desk("POST /stul/prichozi/{id}", s.postInbound)
	desk("GET /stul/prichozi/{id}/original", s.inboundOriginal)
	desk("GET /stul/prichozi/{id}/priloha/{n}", s.inboundFile)

	if s.Mailbox != nil {
		page("GET /posta", s.showMailbox)
		page("GET /posta/{n}", s.showMail)
		page("GET /posta/{n}/html", s.mailHTML)
	}
	return mux
}

// healthz says that the program runs.
func healthz(w http.ResponseWriter, _ *http.Request) error {
	_, err := w.Write([]byte("ok\n"))
	return err
}
