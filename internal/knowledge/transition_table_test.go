package knowledge_test

// Who may take which step from which status, and the status that follows: "-" is for those who may
// not take the step with this record at all, "not now" for those who may at another time. The record
// has never been public, so that it is restored as a draft.
//
//nolint:dupword // A table has the same words in many rows.
const transitionsOfEntries = `
                                   anonymous          partner            other              own                editor             administrator
SUBMIT          DRAFT              -                  -                  -                  SUBMITTED          SUBMITTED          SUBMITTED
SUBMIT          SUBMITTED          -                  -                  -                  not now            not now            not now
SUBMIT          IN_REVIEW          -                  -                  -                  not now            not now            not now
SUBMIT          CHANGES_REQUESTED  -                  -                  -                  SUBMITTED          SUBMITTED          SUBMITTED
SUBMIT          PUBLISHED          -                  -                  -                  not now            not now            not now
SUBMIT          REJECTED           -                  -                  -                  not now            not now            not now
SUBMIT          WITHDRAWN          -                  -                  -                  SUBMITTED          SUBMITTED          SUBMITTED
SUBMIT          ARCHIVED           -                  -                  -                  not now            not now            not now
START_REVIEW    DRAFT              -                  -                  -                  -                  not now            not now
START_REVIEW    SUBMITTED          -                  -                  -                  -                  IN_REVIEW          IN_REVIEW
START_REVIEW    IN_REVIEW          -                  -                  -                  -                  not now            not now
START_REVIEW    CHANGES_REQUESTED  -                  -                  -                  -                  not now            not now
START_REVIEW    PUBLISHED          -                  -                  -                  -                  not now            not now
START_REVIEW    REJECTED           -                  -                  -                  -                  not now            not now
START_REVIEW    WITHDRAWN          -                  -                  -                  -                  not now            not now
START_REVIEW    ARCHIVED           -                  -                  -                  -                  not now            not now
REQUEST_CHANGES DRAFT              -                  -                  -                  -                  not now            not now
REQUEST_CHANGES SUBMITTED          -                  -                  -                  -                  CHANGES_REQUESTED  CHANGES_REQUESTED
REQUEST_CHANGES IN_REVIEW          -                  -                  -                  -                  CHANGES_REQUESTED  CHANGES_REQUESTED
REQUEST_CHANGES CHANGES_REQUESTED  -                  -                  -                  -                  not now            not now
REQUEST_CHANGES PUBLISHED          -                  -                  -                  -                  not now            not now
REQUEST_CHANGES REJECTED           -                  -                  -                  -                  not now            not now
REQUEST_CHANGES WITHDRAWN          -                  -                  -                  -                  not now            not now
REQUEST_CHANGES ARCHIVED           -                  -                  -                  -                  not now            not now
PUBLISH         DRAFT              -                  -                  -                  -                  not now            not now
PUBLISH         SUBMITTED          -                  -                  -                  -                  PUBLISHED          PUBLISHED
PUBLISH         IN_REVIEW          -                  -                  -                  -                  PUBLISHED          PUBLISHED
PUBLISH         CHANGES_REQUESTED  -                  -                  -                  -                  not now            not now
PUBLISH         PUBLISHED          -                  -                  -                  -                  not now            not now
PUBLISH         REJECTED           -                  -                  -                  -                  not now            not now
PUBLISH         WITHDRAWN          -                  -                  -                  -                  not now            not now
PUBLISH         ARCHIVED           -                  -                  -                  -                  not now            not now
REJECT          DRAFT              -                  -                  -                  -                  not now            not now
REJECT          SUBMITTED          -                  -                  -                  -                  REJECTED           REJECTED
REJECT          IN_REVIEW          -                  -                  -                  -                  REJECTED           REJECTED
REJECT          CHANGES_REQUESTED  -                  -                  -                  -                  not now            not now
REJECT          PUBLISHED          -                  -                  -                  -                  not now            not now
REJECT          REJECTED           -                  -                  -                  -                  not now            not now
REJECT          WITHDRAWN          -                  -                  -                  -                  not now            not now
REJECT          ARCHIVED           -                  -                  -                  -                  not now            not now
WITHDRAW        DRAFT              -                  -                  -                  WITHDRAWN          WITHDRAWN          WITHDRAWN
WITHDRAW        SUBMITTED          -                  -                  -                  WITHDRAWN          WITHDRAWN          WITHDRAWN
WITHDRAW        IN_REVIEW          -                  -                  -                  WITHDRAWN          WITHDRAWN          WITHDRAWN
WITHDRAW        CHANGES_REQUESTED  -                  -                  -                  WITHDRAWN          WITHDRAWN          WITHDRAWN
WITHDRAW        PUBLISHED          -                  -                  -                  not now            not now            not now
WITHDRAW        REJECTED           -                  -                  -                  not now            not now            not now
WITHDRAW        WITHDRAWN          -                  -                  -                  not now            not now            not now
WITHDRAW        ARCHIVED           -                  -                  -                  not now            not now            not now
ARCHIVE         DRAFT              -                  -                  -                  -                  not now            not now
ARCHIVE         SUBMITTED          -                  -                  -                  -                  not now            not now
ARCHIVE         IN_REVIEW          -                  -                  -                  -                  not now            not now
ARCHIVE         CHANGES_REQUESTED  -                  -                  -                  -                  not now            not now
ARCHIVE         PUBLISHED          -                  -                  -                  -                  ARCHIVED           ARCHIVED
ARCHIVE         REJECTED           -                  -                  -                  -                  ARCHIVED           ARCHIVED
ARCHIVE         WITHDRAWN          -                  -                  -                  -                  ARCHIVED           ARCHIVED
ARCHIVE         ARCHIVED           -                  -                  -                  -                  not now            not now
RESTORE         DRAFT              -                  -                  -                  -                  not now            not now
RESTORE         SUBMITTED          -                  -                  -                  -                  not now            not now
RESTORE         IN_REVIEW          -                  -                  -                  -                  not now            not now
RESTORE         CHANGES_REQUESTED  -                  -                  -                  -                  not now            not now
RESTORE         PUBLISHED          -                  -                  -                  -                  not now            not now
RESTORE         REJECTED           -                  -                  -                  -                  not now            not now
RESTORE         WITHDRAWN          -                  -                  -                  -                  not now            not now
RESTORE         ARCHIVED           -                  -                  -                  -                  DRAFT              DRAFT
`

// The same for the nouns that are public from the start. They know two steps only.
//
//nolint:dupword // A table has the same words in many rows.
const transitionsOfOthers = `
                                   anonymous          partner            other              own                editor             administrator
SUBMIT          PUBLISHED          not now            not now            not now            not now            not now            not now
SUBMIT          ARCHIVED           not now            not now            not now            not now            not now            not now
START_REVIEW    PUBLISHED          not now            not now            not now            not now            not now            not now
START_REVIEW    ARCHIVED           not now            not now            not now            not now            not now            not now
REQUEST_CHANGES PUBLISHED          not now            not now            not now            not now            not now            not now
REQUEST_CHANGES ARCHIVED           not now            not now            not now            not now            not now            not now
PUBLISH         PUBLISHED          not now            not now            not now            not now            not now            not now
PUBLISH         ARCHIVED           not now            not now            not now            not now            not now            not now
REJECT          PUBLISHED          not now            not now            not now            not now            not now            not now
REJECT          ARCHIVED           not now            not now            not now            not now            not now            not now
WITHDRAW        PUBLISHED          not now            not now            not now            not now            not now            not now
WITHDRAW        ARCHIVED           not now            not now            not now            not now            not now            not now
ARCHIVE         PUBLISHED          -                  -                  -                  -                  ARCHIVED           ARCHIVED
ARCHIVE         ARCHIVED           -                  -                  -                  -                  not now            not now
RESTORE         PUBLISHED          -                  -                  -                  -                  not now            not now
RESTORE         ARCHIVED           -                  -                  -                  -                  PUBLISHED          PUBLISHED
`

// The same for tokens.
const transitionsOfTokens = `
                                   anonymous          partner            other              own                editor             administrator
SUBMIT          PUBLISHED          not now            not now            not now            not now            not now            not now
SUBMIT          ARCHIVED           not now            not now            not now            not now            not now            not now
START_REVIEW    PUBLISHED          not now            not now            not now            not now            not now            not now
START_REVIEW    ARCHIVED           not now            not now            not now            not now            not now            not now
REQUEST_CHANGES PUBLISHED          not now            not now            not now            not now            not now            not now
REQUEST_CHANGES ARCHIVED           not now            not now            not now            not now            not now            not now
PUBLISH         PUBLISHED          not now            not now            not now            not now            not now            not now
PUBLISH         ARCHIVED           not now            not now            not now            not now            not now            not now
REJECT          PUBLISHED          not now            not now            not now            not now            not now            not now
REJECT          ARCHIVED           not now            not now            not now            not now            not now            not now
WITHDRAW        PUBLISHED          not now            not now            not now            not now            not now            not now
WITHDRAW        ARCHIVED           not now            not now            not now            not now            not now            not now
ARCHIVE         PUBLISHED          -                  -                  -                  -                  -                  ARCHIVED
ARCHIVE         ARCHIVED           -                  -                  -                  -                  -                  not now
RESTORE         PUBLISHED          -                  -                  -                  -                  -                  not now
RESTORE         ARCHIVED           -                  -                  -                  -                  -                  PUBLISHED
`
