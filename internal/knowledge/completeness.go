package knowledge

// Gap is something that a complete record would have.
type Gap struct {
	Path []string
	Why  string // what the field is for, as a request to the author
	// IsNeeded marks what product rules expect before a record is public; the others are advice.
	// An editor who publishes all the same gives a reason.
	IsNeeded bool
}

// Completeness tells how far a record is from complete. It never blocks anything by itself.
type Completeness struct {
	Score   int // per cent of the checks that are met, 0 to 100
	Missing []Gap
}

// check is one rule of completeness.
type check struct {
	met    bool
	path   string
	why    string
	needed bool
}

// measure turns rules into a score and a list of what is missing.
func measure(checks []check) Completeness {
	missing := []Gap{}
	for _, c := range checks {
		if !c.met {
			missing = append(missing, Gap{Path: []string{c.path}, Why: c.why, IsNeeded: c.needed})
		}
	}
	return Completeness{Score: 100 * (len(checks) - len(missing)) / len(checks), Missing: missing}
}

// source is the block in the entry's own language; the zero block where there is none.
func source(e Entry) EntryText {
	for _, b := range e.Blocks() {
		if b.Language == e.Core().SourceLanguage {
			return *b
		}
	}
	return EntryText{}
}

// coreChecks are the rules that all entries share.
func coreChecks(e Entry) []check {
	c, t := e.Core(), source(e)
	return []check{
		{!isBlank(t.Title), "title", "Give a title of up to 100 characters that says what was done and where.", true},
		{!isBlank(t.Summary), "summary", "Sum it up in 75 to 250 words, so that a reader can decide whether to go on.", true},
		{len(c.ThemeIDs) > 0, "themes", "Name at least one theme, so that it can be found by subject.", true},
		{len(c.Contributors) > 0, "authorities", "Name the authority that did this, so that others know whom to ask.", true},
		{len(c.TargetGroupIDs) > 0, "targetGroups", "Say whom it was for.", true},
		{c.Period != nil, "period", "Say when it happened; a year is enough.", true},
		{len(c.Sources) > 0, "sources", "Cite where this can be checked.", true},
		{len(c.Contacts) > 0 || c.HasHiddenContacts, "contacts", "Name somebody whom others can ask.", true},
	}
}

// said tells whether an optional text holds anything.
func said(s *string) bool { return s != nil && !isBlank(*s) }

func (p *Practice) checks() []check {
	t := *p.Text([]LanguageTag{p.SourceLanguage})
	x := p.Transfer
	return append(coreChecks(p), []check{
		{!isBlank(t.Situation), "situation", "Describe what was the matter before.", true},
		{!isBlank(t.Action), "action", "Describe what was done, step by step.", true},
		{!isBlank(t.Results), "results", "Say what came of it, whatever it was.", true},
		{!isBlank(t.Objectives), "objectives", "Say what it was meant to achieve.", true},
		{p.Lifecycle != nil, "lifecycle", "Say whether it is a pilot, goes on, or has ended.", true},
		{len(p.Places) > 0, "places", "Say where it happened.", true},
		{p.Targeting != nil, "targeting", "Say whether it is for these groups alone or for everyone.", true},
		{len(p.Metrics) > 0 || said(p.NoMetrics), "metrics", "Give one number with its unit, or say why nothing was measured.", true},
		{p.Involvement != nil, "involvement", "Say how far the people concerned took part.", true},
		{!isBlank(t.Learnt) || !isBlank(t.SuccessFactors) || !isBlank(t.LimitingFactors) || !isBlank(t.SideEffects), "learnt", "Say what others should know: what helped, what hindered, what you would do differently.", true},
		{len(p.Costs) > 0 || len(p.Funding) > 0, "costs", "Say what it cost or who paid; UNKNOWN is an answer.", true},
		{x != nil, "transfer", "Say what another city could take over, and what it would need.", true},
		{!isBlank(t.OneLiner), "oneLiner", "Say it in one sentence.", false},
	}...)
}

func (l *LessonLearnt) checks() []check {
	t := *l.Text([]LanguageTag{l.SourceLanguage})
	return append(coreChecks(l), []check{
		{!isBlank(t.Statement), "statement", "Put the lesson in one sentence: when X, do or avoid Y because Z.", true},
		{!isBlank(t.DrivingEvent), "drivingEvent", "Say what happened that taught it.", true},
		{!isBlank(t.Advice) || !isBlank(t.Learnt), "advice", "Say what others should do.", true},
		{l.Outcome != nil, "outcome", "Say whether it worked.", true},
		{l.Confidence != nil, "confidence", "Say whether this is one case, several, or evaluated.", true},
		{len(l.PracticeIDs) > 0, "practices", "Name the practice that it comes from.", true},
		{!isBlank(t.Cause), "cause", "Say why it happened.", false},
		{!isBlank(t.AppliesWhen), "appliesWhen", "Say when it applies.", false},
		{!isBlank(t.DoesNotApplyWhen), "doesNotApplyWhen", "Say when it does not apply.", false},
	}...)
}

func (r *Recommendation) checks() []check {
	t := *r.Text([]LanguageTag{r.SourceLanguage})
	return append(coreChecks(r), []check{
		{!isBlank(t.Wording) || len(t.Clauses) > 0, "wording", "Give the text as it was adopted.", true},
		{r.Instrument != nil, "instrument", "Say what form it has.", true},
		{said(r.Body), "body", "Name the body that adopted it.", true},
		{len(r.Addressees) > 0, "addressees", "Say whom it speaks to.", true},
		{r.Standing != nil, "standing", "Say whether it is a draft, adopted, superseded or withdrawn.", true},
		{len(r.RestsOn) > 0, "restsOn", "Name the practices, lessons or studies that it rests on.", true},
		{r.AdoptedOn != nil || r.AdoptedAtID != nil, "adoptedOn", "Say when and where it was adopted.", false},
	}...)
}
