// The phrases. They name what a habit needs, not whole sentences, so that its many wordings are found.

extension StylePhrases {
  static let openings = StylePhrase.list(
    .opening,
    """
    sure|certainly|absolutely|definitely|gladly|okay|ok|alright heres|here|ill|i|let|thing|of|the|this|below|happy|id
    sure|certainly|absolutely thing|of|i|heres|here
    of course heres|here|i|ill|let|id|happy|the|below
    no problem heres|here|i|ill|let|the|at
    great|good|excellent|interesting|fantastic|wonderful question|choice|point|one|request
    thats|what a|an great|good|excellent|interesting|fantastic|wonderful|lovely question|request|one|topic
    id|im|i be|am|would|glad|happy ~3 help|assist|do|explain|provide|share
    happy|glad|pleased|delighted to help|assist|explain
    thanks|thank ~1 for asking|reaching|your|the|sharing|contacting|question
    here|heres ~2 is|are|you|your|the|a|an|my ~6 requested|asked|answer|response|summary|version|wanted|below|go|output|json|result|json|translation
    here|heres you go|are
    as an ai|artificial
    lets|let ~1 dive|break|take|explore|begin|start|walk|me|us
    i understand|see|hear|appreciate ~1 that|your|you|how
    hello|hi|hey there|i|and|im|thanks|thank
    i hope you|this finds|are|message
    klar|gerne|natürlich|selbstverständlich|sicher|aber hier|ich|doch|gerne|kann|natürlich|helfe
    hier ist|sind ~2 die|das|der|deine|ihre|eine ~4 antwort|zusammenfassung|gewünschte|übersetzung|ergebnis
    danke|vielen ~1 für ihre|deine|die|das
    gute|tolle|interessante frage
    bien|avec|certainement|volontiers|absolument sûr|plaisir|voici|je
    voici ~2 la|le|votre|une|les|ce réponse|résumé|traduction|résultat
    merci ~1 pour|de votre|ta|cette|poser|avoir
    claro|por|desde|con supuesto|que|aquí|gusto|mucho|luego|te|le
    aquí tienes|tiene|está|te
    gracias por tu|su|preguntar|la|contactar
    """)

  static let closings = StylePhrase.list(
    .closing,
    """
    hope|hopefully ~2 this|that|it ~3 helps|helped|help|useful|helpful|clarifies|clears|answers|assists
    let me|us know ~4 if|how|whether|what|should|when
    feel|please ~1 free|hesitate|dont ~2 to|hesitate|ask ~1 ask|reach|contact|let
    dont|not hesitate to
    is|was there anything|something ~1 else|more
    anything else ~4 help|assist|need|like|know|do
    if you ~3 any|more|other|further|additional|anything ~3 questions|help|information|details|assistance|else|concerns
    happy|glad|here to|if ~2 help|assist|answer|clarify|elaborate|adjust|need
    im|ill always|here|happy|be|just ~3 help|assist|message
    would you like|prefer me|to|more|another
    do you want|need me|any|more|anything
    have|enjoy a|the|your ~1 great|nice|wonderful|good|lovely|rest|fantastic day|evening|one|of|weekend|week
    good luck|bye with|and|on
    ask|reach|shout ~1 away|out|anytime|if
    just ask|say|shout|holler|ping
    ich hoffe ~3 hilft|geholfen|weiter|hilfreich
    melden|melde|zögern|lassen ~3 sie|dich|mich|gerne|jederzeit ~3 wenn|wissen|fragen|bei|nicht
    bei|falls|wenn ~3 weiteren|weitere|noch ~2 fragen|hilfe
    nhésitez|hésitez|hésite pas
    jespère que
    espero ~2 que|haberte|haberle ~4 ayude|útil|sirva|ayudado|ayuda|sido
    no dudes|dude en
    si ~3 tienes|tiene|necesitas|necesita ~3 más|alguna|otra|ayuda
    """)

  static let refusals = StylePhrase.list(
    .refusal,
    """
    cant|cannot|unable|wont|couldnt ~4 help|assist|fulfill|fulfil|comply|answer|provide|discuss|support|engage|respond|offer|share|give|advise|complete|process|generate|create|write|do|continue ~3 with|that|this|you|to|any|request|on|advice|in|information|such|your|content|the
    not able|allowed|permitted|comfortable|possible ~3 help|assist|fulfill|provide|answer|discuss|do|share|offer|with|give|complete|comply|for|engage|generate
    not something i|im
    sorry|apologize|apologies|afraid|regret|unfortunately|regrettably ~7 isnt|not|cant|cannot|no ~3 possible|allowed|permitted|available|something|able
    not|uncomfortable ~1 comfortable|discussing|willing|prepared|going ~2 discussing|answering|sharing|providing|helping|with|to
    leider|bedaure|bedauerlicherweise|malheureusement|lamentablemente|désolé ~8 nicht|keine|pas|impossible|no
    must|have|need to decline|refuse
    must|respectfully|politely decline|refuse
    sorry|apologize|apologies|afraid|regret|regrettably|unfortunately ~5 cant|cannot|unable|wont|not|couldnt ~4 help|assist|able|fulfill|comply|answer|provide|discuss|do|possible|share|allowed|offer|something|complete|that|this
    against ~2 my|our|the policy|policies|guidelines|programming|rules|principles
    my|our guidelines|policy|policies|rules|instructions|programming ~3 allow|permit|prevent|prevents|forbid|forbids|let
    as a|an language|ai ~6 cant|cannot|not|dont|unable
    not permitted|allowed to
    violates|violate|outside|beyond ~2 my|our|the|content|usage|of ~3 policy|policies|guidelines|scope|capabilities|ability|what|terms
    as an ai ~4 i|model|assistant ~4 cant|cannot|dont|not|unable
    i dont have ~3 ability|access|capability|permission|information ~2 to|about
    kann|können|darf ~5 nicht|leider|nichts|keine ~4 helfen|beantworten|weiterhelfen|unterstützen|erfüllen|geben|behilflich|auskunft
    tut|leider ~6 nicht|keine ~4 helfen|beantworten|weiterhelfen|möglich|geben|behilflich|unterstützen
    je|désolé ~6 peux|puis|suis|pouvons ~3 pas|malheureusement ~4 aider|répondre|fournir|accéder|traiter|mesure|vous
    peux|peut|pouvons|puis pas ~3 aider|répondre|fournir|accéder|traiter|donner
    lo|siento|lamento|no ~4 puedo|podemos|es ~3 ayudar|ayudarte|ayudarle|responder|proporcionar|posible|cumplir|atender
    """)

  static let deferrals = StylePhrase.list(
    .deferral,
    """
    get|come|circle|be|report|revert back|return to|with|in|on|shortly|later|soon|tomorrow|once ~4 you|this|that|it|later|tomorrow|soon|the|shortly
    ill|i|we|well|will ~2 get|do|send|have|finish|look|check|let|handle|take|work|update|follow|share|prepare|need|deliver|complete|reply|respond|answer|tackle|provide ~8 tomorrow|later|soon|shortly|monday|tuesday|wednesday|thursday|friday|afternoon|tonight|evening|morning|weekend|week
    ill|well|will|let look|check|dig into|on|with|this|it|that ~6 get|let|come|update|back
    give|need|allow me|us|a|some|more|i ~3 moment|minute|minutes|time|hours|days|day|hour|while|few|bit|second ~8 to|and|while|before|on|for|with
    check|come|try|ask back|again|me ~2 later|soon|tomorrow|shortly|in|again
    working|im|started|still ~1 working|on ~2 on|it|this|that ~6 soon|shortly|done|ready|update|tomorrow|later|now|let
    remind me|us ~4 later|tomorrow|again|next|monday|friday
    follow|following up with|on|later|tomorrow|soon|once|shortly
    as soon as ~1 i|we can|have|possible|get|am|find
    later today|tonight|this
    stand|bear|hang|hold|sit by|with|on|tight ~4 while|me|i|until|for
    will|ill|should|it be ready|done|finished|available ~2 by|tomorrow|soon|later|on|in
    melde|melden|schicke|liefere|kümmere|erledige|mache|prüfe|antworte|reiche|sende|komme|schaue ~8 morgen|später|demnächst|bald|nächste|montag|darauf|zurück|nach|heute
    demain|ultérieurement ~1 je|matin|plus|nous|au
    je|nous ~2 réponds|répondrai|enverrai|ferai|fais|envoie|reviens|regarde|occupe ~4 demain|plus|bientôt|lundi
    je|nous ~3 reviens|reviendrai|enverrai|ferai|recontacte|reviendrons|occuperai|répondrai|regarderai ~5 demain|vers|plus|bientôt|tard|rapidement|semaine|lundi
    te|le|lo|se ~2 haré|enviaré|responderé|aviso|avisaré|mando|mandaré|hago|contesto|reviso|confirmo|preparo ~5 mañana|luego|pronto|tarde|lunes
    """)

  static let placeholders = StylePhrase.list(
    .placeholder,
    """
    lorem ipsum
    dolor sit amet
    to be determined|filled|completed|added|announced
    your|the answer|text|content|response|name goes here
    goes here
    fill in|this ~2 here|later|the|in|blank
    insert ~3 here
    placeholder text|for|here|answer|value
    """)
}
