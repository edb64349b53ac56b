package graph_test

// linkTable is every link of linkedSite from both ends.
const linkTable = `
practice:practice themes narrow
practice:practice primaryTheme narrow
practice:practice targetGroups families
practice:practice authorities city
practice:practice contributions.authority city
practice:practice countries es
practice:practice partnerships.organisation office
practice:practice evidence.study study
practice:practice places.authority place
practice:practice events+ seminar
practice:practice lessons+ lesson
practice:practice recommendations+ advice
practice:later variantOf practice
practice:practice variants+ later
practice:later inspiredBy practice
practice:practice inspired+ later
practice:later supersedes practice
practice:practice supersededBy+ later
lesson:lesson practices practice
lesson:lesson events+ seminar
lesson:lesson recommendations+ advice
lesson:lesson confirmedBy.authority place
lesson:lesson contradictedBy.practice later
recommendation:advice restsOn.target! practice lesson study
recommendation:advice adoptedAt seminar
recommendation:advice events+ seminar
recommendation:advice supersededBy newer
recommendation:newer supersedes+ advice
recommendation:advice followUp.authority place
authority:city country es
authority:city parent region
authority:region parts+ city
authority:city practices+ practice
authority:region practices+ practice
authority:city lessons+ lesson
authority:city recommendations+ advice
authority:place followedUp+ advice
authority:city events+ seminar
authority:place events+ seminar
authority:city organisations+ office
country:ES authorities+ city place region
country:ES entries+ practice
country:ES events+ seminar
theme:narrow broader broad
theme:broad narrower+ narrow
theme:narrow related near
theme:old replacedBy broad
theme:narrow entries+ practice
theme:broad entries+ practice
theme:narrow events+ seminar
theme:narrow studies+ study
targetGroup:families broader people
targetGroup:people narrower+ families
targetGroup:people entries+ practice
event:seminar countries es
event:seminar themes narrow
event:seminar organisers office
event:seminar place.authority place
event:seminar participants.authority city
event:seminar participants.organisation office
event:seminar presented! practice study
event:seminar outputs lesson advice
event:seminar adopted+ advice
study:study authorOrganisations office
study:study themes narrow
study:study countries es
study:study evaluated+ practice
study:study recommendations+ advice
study:study events+ seminar
organisation:office country es
organisation:office parent city
organisation:office entries+ practice
organisation:office events+ seminar
organisation:office studies+ study
`
