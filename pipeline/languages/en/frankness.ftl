frankness-design-direct = Asked directly
frankness-design-list = List experiment
frankness-design-forced = Forced response
frankness-design-warner = Warner
frankness-design-crosswise = Crosswise model
frankness-design-pooled = Protected designs pooled
frankness-design-hidden = Difference: only under protection
frankness-check-planned = Shares of the designs as planned (p value)
frankness-check-sex = Design independent of sex (p value)
frankness-check-rank-group = Design independent of rank (p value)
frankness-check-mode = Design independent of mode (p value)
frankness-check-no-design-effect = List: no design effect (p value, Bonferroni)
frankness-check-floor = List: none true among controls (%)
frankness-check-ceiling = List: all true among controls (%)
frankness-check-refused-direct = No answer when asked directly (%)
frankness-check-refused-protected = No answer under protection (%)
frankness-groups-active = Taking part
frankness-groups-not-active = Not or not yet taking part
frankness-crosswise-if-per-cent-answer-at = Crosswise if { $g } per cent answer at random (%)
tbl-sensitive = The sensitive statement: share that affirms it, by design of the question
    .notes = Shares and bounds stand as computed; protected designs can give values outside 0-100.
fig-sensitive = The sensitive statement by design of the question
    .alt = Points with confidence intervals: share that affirms when asked directly and under each protected design.
tbl-sensitive-checks = Checks of the sensitive question's designs
tbl-themes = Themes of the open answers
    .notes = One answer can touch several themes. Counts below { $least } are not shown; answers are not quoted.
frankness-check = Check
tbl-sensitive-groups = The sensitive statement by participation
frankness-theme = Theme
frankness-open-answers = Of open answers
frankness-per-cent-confidence-interval = Agree, with confidence interval (per cent)

# -- results
frankness-title = Daring to answer frankly
frankness-opening = One sensitive statement was put in several ways: some respondents were asked directly, others by designs that protect the answerer, so that nobody can know one person's answer. Who got which was drawn by lot.
frankness-statement = The statement reads: “{ $statement }”
frankness-direct = Asked directly, { NUM("sensitive_direct") } affirm the statement (interval { CI("sensitive_direct") }).
frankness-protected = Under protection the share is { NUM("sensitive_pooled") } (interval { CI("sensitive_pooled") }).
frankness-fear = So { NUM("hidden_share") } of all who answered (interval { CI("hidden_share") }; { P("hidden_share") }) affirm it only when protected: **some people do not answer frankly when asked directly**. Feedback that was asked for directly must therefore be read as too favourable.
frankness-reverse = Unexpectedly, the share is larger when asked directly; this points to instructions of the protected designs that were not understood, and has to be looked into before the numbers are used.
frankness-unclear = The difference, { NUM("hidden_share") } (interval { CI("hidden_share") }), cannot be told from zero. That is no evidence that everybody answers frankly: protected designs are less precise.
frankness-designs-disagree = The protected designs disagree with each other ({ P("sensitive_agree") }); their pooled value is to be read with care.
frankness-designs-agree = The protected designs agree with each other ({ P("sensitive_agree") }).
frankness-checks-fail = At least one check of the designs fails (@tbl-sensitive-checks).
frankness-checks-hold = No check of the designs fails (@tbl-sensitive-checks).
frankness-answered-only = These numbers hold for those who answered the survey; if the fearful answer less often, the share among all civil servants is larger.
frankness-open-title = Open answers
frankness-open-waves = @tbl-themes has the last two waves only.
frankness-open-counted = All waves together hold { NUM("open_answers", unit: "no") } open answers. Names and numbers are taken out at the cleaning step, themes are counted by words declared beforehand, and the text is neither kept nor quoted.

# -- technical
frankness-technical = **Sensitive question.** *Estimand in a plain sentence:* the share of those who answered the survey for whom the sensitive statement is true. List experiment: $\hat\pi=\bar y_1-\bar y_0$, the difference of mean counts between the lists with and without the statement [@blairimai2012]; it assumes that the statement does not change the answers to the others, and that nobody lies. Randomised response: the share of "yes" is $\lambda=a+b\pi$, so that $\hat\pi=(\hat\lambda-a)/b$ and $Var(\hat\pi)=Var(\hat\lambda)/b^2$; forced answers $a=P(\text{"{"}forced yes{"}"})$, $b=1-P(\text{"{"}forced{"}"})$ [@foxtracy1986]; Warner $a=1-p$, $b=2p-1$ [@warner1965]; the crosswise model the same, with $p$ the share of the harmless statement [@yutiantang2008]. The pooled value weights by inverse variances, and agreement is tested by $Q$ [@cochran1954]. If a part $g$ answers at random, the crosswise model moves towards 50 per cent [@hoglingerdiekmann2017]; the table of checks shows its value for $g$ of 5, 10 and 20 per cent.
