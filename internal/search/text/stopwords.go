package text

// Words without meaning of languages that Bleve has no list of, or only one of verbs: the most frequent
// function words of each, as grammars list them, so that a text can be told by them. Words that mean
// something in a knowledge base ("year", "city", "new") are left out.
const (
	// Bleve's lists of these are short of words that are common in writing.
	moreDanish  = `enhver ethvert samt uden mod mellem også hver hvert således sådan sådanne ingen kun dens gennem under fra hos både hvis uanset dermed herunder`
	moreFinnish = `tai sekä myös ettei eikä jokainen jokaisella jokaisen kaikki kaikkien kaikilla mukaan vain muu muun muiden kukaan ketään ilman vastaan
		välillä kanssa jälkeen ennen voi voidaan tulee pitää on jos mutta kun kuten sitä siitä sen`
	moreTurkish = `ile olarak olan olduğu olduğunu olup üzere göre tarafından kadar sonra önce arasında karşı bile ancak ise bütün hiçbir kimse
		etmek etmiş edilen eden edilmiş bulunan yer alan içinde üzerinde böyle şekilde`

	albanianStopWords = `dhe e i të në për me nga që një është janë se si por ose nuk mund më do ka kanë këtë kjo ky këto këta tij saj
		tyre tek te ishte ishin jenë jetë duke pas para mbi nën deri edhe vetëm kur ku çdo secili cilat cilët cila cili atë ato ata ai ajo
		ne ju unë ti mos pa sipas midis ndërmjet gjatë prej kundër ndaj së u po kaq aq shumë tjetër tjera çfarë pse asnjë gjithë gjitha
		gjithashtu sepse nëse apo as veten tonë jonë im yt`

	// What Serbian, Croatian, Bosnian and Montenegrin have in common.
	southSlavicStopWords = `i u na je da se su za od sa s o a ali ili ni ne koji koja koje kojih kojima kojem koju kojoj kojeg kao to ovo taj
		ta te ti toga tome tom tim po iz do kod bez pri nad pod pred kroz između zbog radi samo već još tako sve svi svih svim svaki svaka
		svoj svoje svoju svojih svojim njegov njihov njihove njihovih njima nje njih mu joj im ih ga je bio bila bilo bili biti bude budu
		će ću ćemo bi bih može mogu mora moraju treba trebaju ima imaju nema kako kada ako jer dok nakon prema oko ovaj ova ove ovog ovim
		on ona ono oni one mi vi ja nisu nije jest jesu nego pa protiv li uz te ikakav takav takve`
	serbianStopWords     = southSlavicStopWords + ` gde pre posle uvek ovde tokom ko niko šta takođe uopšte svako veoma nigde dve obe ovde`
	croatianStopWords    = southSlavicStopWords + ` gdje prije poslije uvijek ovdje tijekom tko nitko što također uopće svatko vrlo nigdje dvije obje glede tisuća itko kojega ovoga`
	bosnianStopWords     = southSlavicStopWords + ` gdje prije poslije uvijek ovdje tokom ko niko šta također uopće svako veoma nigdje dvije obje iko ukoliko`
	montenegrinStopWords = southSlavicStopWords + ` gdje prije poslije uvijek ovdje tokom ko niko šta takođe uopšte svako veoma nigdje dvije obje nijesu nijesam nijesmo sjutra`

	slovakStopWords = `a i aj ako ale alebo ani áno bez bol bola boli bolo by byť bude budú ak cez čo či do ho ich im iný iné iba ja je jeho jej
		ju k každý každá každé kde keď kto ktorá ktoré ktorí ktorý ktorých ktorým ktorej ku len lebo má majú medzi mi mať môže môžu my na nad
		nie nič nech než nikto nemôže o od on ona oni ono po pod podľa pre pred pri proti s sa sám si so som sú svoj svoje svojich svojej ta
		tak také taký takže tam tá táto te teda ten tento tej tie tieto to toho tohto tom tomto toto tu ty tým týmto už v vám však viac vo vy
		všetci všetko všetky z za zo že žiadny sme ste aby nebude jeden jedna všetkých`

	sloveneStopWords = `in je v na da se so za z s iz od do pri po o ob ali ki ne ni pa tudi kot če ko ker ter ga mu jo jih jim njegov njen njihov
		njihove biti bil bila bilo bili bo bodo bi sem si smo ste sta lahko mora morajo ima imajo vsak vsaka vsako vsi vse vseh vsakdo nihče
		kdor kakor ta to te tega tem teh tisti tiste med brez pod nad pred proti zaradi glede kjer kadar kako kaj kdo svoj svoje svojega svojo
		svojih jaz ti on ona ono mi vi oni tako le še že samo več bolj drug drugi drugih katera kateri katere katerega k h zoper niti ampak
		temveč vendar torej zato`

	macedonianStopWords = `и во на е да се за од со не или како што кој која кое кои тоа ова овој оваа тој таа тие ние вие јас ти до по при без под над
		пред меѓу низ поради според кон врз само исто така уште веќе ако но а туку дека бидејќи кога каде колку би ќе беше беа биде бидат било
		биле имаат има нема може можат мора треба секој секоја секое сите сето својот својата своите свое нивните нивната неговата неговото
		негова го ја ги му ѝ им ниту никој некој еден една едно сум си сме сте се преку спрема ваков таква`

	ukrainianStopWords = `і й та в у на з із зі до від за не що як це цей ця ці того тому для про при по під над перед між через без або але чи ж же б би
		він вона воно вони ми ви я ти його її їх їм йому їй нам вам нас вас мене свій своя своє свої своїх своєї який яка яке які яких якої
		якого є був була було були бути буде будуть має мають може можуть повинен повинна повинні кожна кожен кожний кожної усі всі всіх ніхто
		бо коли де так також тільки лише ще вже якщо хто ним нею ними такий така таке таких цього цієї цих собою або проти щодо ні шляхом`

	polishStopWords = `i w z na do się nie jest że to o za po od dla ze jak a co ale przez przy lub albo oraz ani czy który która które których którym
		którzy którego jego jej ich im mu go ją jako także też tylko już jeszcze tak może mogą ma mają być był była było były będzie będą są
		ten ta te tego tej tych tym tę tą ta wszystkie wszystkich wszyscy każdy każda każde każdego bez pod nad przed między podczas według
		wobec oraz gdy jeśli jeżeli gdzie kto nikt nic żaden on ona ono oni one my wy ja ty sobie swoje swój swojej swego swoich ku u we nawet
		bardziej więcej inny inne innych przeciw wszelkich`

	lithuanianStopWords = `ir yra į kad su iš ar tai kaip bet už nuo per po prie apie be ant tik jau dar taip pat jo jos jų jis ji jie jos mes jūs aš tu
		šis ši šie šios to tos tas ta tų kuris kuri kurie kurios kurių kurį buvo bus būti nėra turi gali kiekvienas kiekviena kiekvieno
		visi visų visos niekas nei arba dėl iki tarp pagal prieš tuo tuose savo sau kai jei jeigu kur kas ko kam ką joks jokia būtų turėti
		pats pati o ne todėl bei šią šį tokios toks kitų kitas`

	latvianStopWords = `un ir uz no ar par ka kā bet vai pie pēc līdz bez pret starp caur dēļ pa pār zem virs tas tā tie tās to tā tiem tam šis šī šie
		šo šajā viņš viņa viņi viņas viņu viņam viņai mēs jūs es tu es kas kurš kura kuri kuru kam ko nav bija būs būt esam ir var drīkst katrs
		katram katra katru visi visiem visu neviens nevienu nevienam arī tikai vēl jau nevis ne ja kad kur tāpat jeb savu savas savām savā
		sava citu citiem kādu šādu tad tādēļ tiek ikviens ikvienam kurā`

	estonianStopWords = `ja on ei et oma ta see seda selle sellest need nende neid nad tema teda mina sina meie teie või kui kes mis mida mille kelle kus
		aga vaid ning ka kõik kõigi kõigil kõik igal iga igaühel keegi kedagi oli olid olema olla oleks pole võib peab peavad saab pärast
		enne kuni üle alla vastu ilma juures jaoks poolt järgi vahel kohta siis veel juba nii nagu sest kuid üks ühe mitte ükski tohi
		selleks millega samuti ainult teiste`

	romaniStopWords = `si sas te thaj taj hem le la lo o i e pe ando ande anda an katar kaj sar so sosko savo savi save saven vi na naj nai našti mai
		maj numa kana laki lako lenge lengo lengi leske lesko leski len les lake lende pala avel aven aver avere sako saoro savorre sarre sa
		sakon khanči varekon amen amaro tume tumaro von voj vov ov oj kado kadi kodo kodi kodola kadala akava akaja adava pengo pesko peski
		peske pes bi maškar mashkar telal opral karing vaš vash ki ko kodja šaj shaj musaj jekh ekh duj savorenge kerel ćerel angla kotar tar dži`

	malteseStopWords = `il l li u ta tal f fi fil b bi bil minn mill ma mal għal għall għandu għandha għandhom jew huma hu hi hija huwa kull kulħadd dan din
		dawn dak dik dawk dawn lil lill lilu mhux bla bejn fuq taħt wara qabel kif meta fejn għax biex iżda imma ukoll biss aktar mingħajr
		ħadd xejn jista tista jistgħu ikun tkun jkun kien kienet kienu tiegħu tagħha tagħhom tiegħi xi f'dan kontra bħal bħala kollha ebda
		skond waqt sa x jekk`

	icelandicStopWords = `og í á að er sem um til við með af fyrir frá eða en ekki það þess því þessi þetta þessa þeir þær þau þeirra þeim hann hún hans
		hennar honum henni ég þú við þið mér þér oss sig sér sín sinni sínum sínu vera var voru verið verður verða hefur hafa hafði skal skulu
		má mega eiga á allir allra öllum enginn engan hver hvert hverjum hvers þar þegar ef eins svo einnig aðeins milli gegn án eftir undir yfir
		úr hvort né nema ber heldur upp út inn`

	georgianStopWords = `და ან არ რომ ეს ის იგი ისინი მისი მათი მათ მას ამ იმ თუ როგორც როცა სადაც რომელიც რომლის რომელსაც რომლებიც უნდა აქვს არის იყო
		იქნება იყოს შეიძლება ყოველ ყველა ყოველი არავინ არავის მიერ შორის შესახებ თავის თავისი მხოლოდ აგრეთვე ასევე მაგრამ ხოლო
		რაც ვინც რა ვინ ჩვენ თქვენ მე შენ კი ც ანდა მიმართ მიხედვით გარეშე შემდეგ წინააღმდეგ უკვე კიდევ`

	armenianStopWords = `եւ կամ ոչ իր իրեն իրենց նրան նրանց բոլոր յուրաքանչյուր յուրաքանչյուրն ոք ունի ունեն կարող պետք չի չեն նրա լինի լինել պիտի այդպիսի
		միայն նաեւ առանց միջեւ կողմից համաձայն որևէ որեւէ`

	azerbaijaniStopWords = `və bu bir ilə üçün də da ki o onun onu ona onlar onların hər heç kəs kim nə necə hansı olan olaraq olur olmaq olmalıdır olsun
		edir edilə etmək etməlidir malikdir var yoxdur daha çox ya yaxud amma lakin isə kimi qədər sonra əvvəl görə haqqında arasında öz
		özünün özü bütün hamı eyni belə həmin həmçinin yalnız ancaq biz siz mən sən ya tərəfindən istənilən bilər bilməz deyil
		mütləq əgər çünki`
)
