package web

import "net/http"

// receiptSize is how many items a page of the receipt lists: they hold the
// whole texts of the answers.
const receiptSize = 30

// A receiptPage says what was understood.
type receiptPage struct {
	sheet
	Items []sheetItem
	Pager pager
}

// showReceipt says what was understood of the answers given so far, item by
// item. It tells only what is stored, so it may be opened at any time.
func (s *site) showReceipt(w http.ResponseWriter, r *http.Request) error {
	in, err := s.open(r)
	if err != nil {
		return err
	}
	p := receiptPage{sheet: in.page, Pager: newPager(r, receiptSize, in.page.Total)}
	var all []sheetItem
	in.page.each(func(i *sheetItem) { all = append(all, *i) })
	p.Items = paged(p.Pager, all)
	return s.show(w, r, http.StatusOK, "receipt", p)
}
