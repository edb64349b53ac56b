package config

import "time"

// Command is what somebody typed: the settings of every command, and those of the one selected.
type Command struct {
	Global
	// Selected is a pointer to one of the types Serve, Import, Export, Reindex, Check, Health, TokenCreate,
	// TokenList, TokenRevoke, Schema, Backup, Eval and Version; nil where the help was asked for.
	Selected any
}

// Global holds the settings that every command has.
type Global struct {
	Data      string `help:"Directory of the records and the index. It is made on first use." default:".data" placeholder:"DIR"`
	Store     string `help:"MongoDB database to keep the records in, such as mongodb://db.example/goodpractice; the directory then holds the index alone, and each server needs one of its own. Left out, the records are in the directory. A password is best set by the variable: others on the machine can read the flags." placeholder:"URI"`
	LogFormat string `help:"Form of the log on standard error: text or json." enum:"text,json" default:"text" placeholder:"FORM"`
	LogLevel  string `help:"What to log at least: debug, info, warn or error. Left out, it is info for serve and warn for the others." enum:",debug,info,warn,error" default:"" placeholder:"LEVEL"`
}

// Values of Serve.Seed: what an empty store begins with.
const (
	SeedNone   = "none"   // The vocabulary alone: countries, themes and target groups.
	SeedSample = "sample" // The vocabulary and the sample records.
)

// Serve starts the server.
type Serve struct {
	Addr      string   `help:"Address to listen on. Port 0 takes a free one." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Seed      string   `help:"What an empty store begins with besides the countries, themes and target groups: sample (the sample records) or none. A store with records stays as it is." enum:"none,sample" default:"sample" placeholder:"SEED"`
	Origins   []string `help:"Web origins whose pages may call the API, such as https://partner.example, with commas between them; * for all. The server's own pages always may." placeholder:"ORIGIN"`
	Publisher string   `help:"Who publishes the records, for exports and descriptions of the dataset. Left out, it is the host of the base URL." placeholder:"NAME"`
	BaseURL   string   `name:"base-url" help:"Where the public reaches the server, for the links in its answers. Left out, it is the address listened on." placeholder:"URL"`
	Proxies   []string `help:"Networks of the proxies in front of the server, such as 10.0.0.0/8, with commas between them: what they say of whom they ask for (X-Forwarded-For, Forwarded) is believed." placeholder:"CIDR"`
	// Points that a client without a token, and one with a token, may use.
	PointsPerMinute      int `name:"points-per-minute" help:"How much one address without a token may ask for in a minute, in points (docs/limits.md)." default:"3000000" placeholder:"POINTS"`
	TokenPointsPerMinute int `name:"token-points-per-minute" help:"How much the holder of a token may ask for in a minute, in points." default:"6000000" placeholder:"POINTS"`

	Documents   string `help:"Folder of trusted documents: manifests *.json of ids and GraphQL documents, such as persisted-documents.json. Clients may name them by documentId." placeholder:"DIR"`
	TrustedOnly bool   `help:"Run trusted documents only for those who send no token."`
}

// Values of Import.Format.
const (
	FormatAuto  = "auto"
	FormatJSONL = "jsonl"
	FormatCSV   = "csv"
)

// Help is the second paragraph of the help.
func (Serve) Help() string {
	return "With --store the server starts whether the database answers or not. Until it does, /healthz answers 200 " +
		"and /readyz 503; the server goes on by itself. What no waiting mends, such as a wrong password, ends it."
}

// Health asks a running server whether it may get traffic.
type Health struct {
	Addr string `help:"Address that the server listens on, as with serve." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	URL  string `name:"url" help:"Where the server is, instead of --addr; /readyz is added." placeholder:"URL"`
}

// Help is the second paragraph of the help.
func (Health) Help() string {
	return "It asks /readyz and exits with 0 if the server is ready and with 1 if it is not, for health checks of containers."
}

// Import reads records from a file.
type Import struct {
	File    string `arg:"" help:"File of records, JSON Lines or CSV; - for standard input."`
	Strict  bool   `help:"Import nothing if any line is bad. Otherwise bad lines are reported and the rest is imported."`
	Format  string `help:"Form of the file: jsonl, csv, or auto to tell by its name and its first line." enum:"jsonl,csv,auto" default:"auto" placeholder:"FORM"`
	Publish bool   `help:"Publish new entries that name no status of their own. Otherwise they are drafts."`
	// CreateMissing and Tokens are the options of the same names of package bundle.
	CreateMissing bool `help:"Make the authorities and organisations that lines name and nobody knows. Otherwise such lines are bad. Themes, target groups and countries are never made." default:"true" negatable:""`
	Tokens        bool `help:"Take in the tokens and partners of an export with tokens. Otherwise their lines are bad."`
}

// Help is the second paragraph of the help.
func (Import) Help() string {
	return "An empty store gets the countries, themes and target groups first, as with serve. " +
		"Running an import again changes nothing, and finishes one that was interrupted."
}

// Values of Export.Form.
const (
	FormFull = "full"
	FormFlat = "flat"
	FormCSV  = "csv"
)

// Export writes the records to a file.
type Export struct {
	Output  string `short:"o" help:"File to write; - for standard output." default:"-" placeholder:"FILE"`
	Form    string `help:"What to write: full (JSON Lines, everything there is), flat (JSON Lines, entries only) or csv (the same as a table)." enum:"full,flat,csv" default:"full" placeholder:"FORM"`
	History bool   `help:"Write every earlier revision of each record, too; the flat forms have none." default:"true" negatable:""`
	Tokens  bool   `help:"Write the tokens, without their secrets, which are not kept, and the partners, too; full only."`
}

// Reindex builds the search index anew from the store.
type Reindex struct{}

// Check compares the search index with the store.
type Check struct{}

// RolePartner is the role of a partner's key, which --partner implies.
const RolePartner = "partner"

// TokenCreate gives out a token. Role is empty where Partner says it all.
type TokenCreate struct {
	Role      string        `help:"What the token may do: contributor, editor, administrator, or partner (reads only). Needed unless a partner is named." placeholder:"ROLE"`
	Partner   string        `help:"Partner whose key it is, by slug or id: its requests are counted for the partner and share its points." placeholder:"SLUG"`
	Authority []string      `help:"Authority to write for, by slug or id. Repeat it for several; a contributor needs one." placeholder:"SLUG"`
	Name      string        `help:"Whom the token is for." default:"Made on the command line" placeholder:"NAME"`
	Expires   time.Duration `help:"Time until the token ends by itself, such as 720h. Left out, it does not." placeholder:"TIME"`
}

// TokenList lists the tokens.
type TokenList struct{}

// TokenRevoke ends a token.
type TokenRevoke struct {
	ID string `arg:"" name:"id" help:"Id of the token, as token list shows it."`
}

// Schema prints the GraphQL schema.
type Schema struct{}

// Backup copies the store.
type Backup struct {
	File string `arg:"" help:"File to write, which must not exist yet; - for standard output."`
}

// Version tells which build of the program this is.
type Version struct{}

// commandLine is the shape of the command line; kong reads its tags.
type commandLine struct {
	Global

	Serve   Serve   `cmd:"" help:"Start the server: the GraphQL API and the playground."`
	Import  Import  `cmd:"" help:"Read records from a JSON Lines or CSV file."`
	Export  Export  `cmd:"" help:"Write all records in the form that import reads."`
	Reindex Reindex `cmd:"" help:"Build the search index anew from the store."`
	Check   Check   `cmd:"" help:"Compare the search index with the store; exits with 1 where they differ."`
	Health  Health  `cmd:"" help:"Ask whether the server is ready; exits with 1 where it is not."`
	Token   struct {
		Create TokenCreate `cmd:"" help:"Give out a token; it is the last word printed, and is shown this once."`
		List   TokenList   `cmd:"" help:"List the tokens that were given out."`
		Revoke TokenRevoke `cmd:"" help:"End a token at once."`
	} `cmd:"" help:"Give out, list and end the tokens that people read and write with."`
	Schema  Schema  `cmd:"" help:"Print the GraphQL schema."`
	Backup  Backup  `cmd:"" help:"Copy the store to a file, also while the server runs; not with --store."`
	Eval    Eval    `cmd:"" help:"Judge the search by a collection of documents and queries whose answers are known."`
	Version Version `cmd:"" help:"Print the version of the program."`
}
