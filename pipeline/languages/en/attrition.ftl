attrition-sides-treated = treated
attrition-sides-comparison = comparison
tbl-attrition = Pupils not tested: Lee bounds on the effect
    .notes = Last bounds: intervals of Imbens and Manski. The share trimmed is taken as known.
attrition-effect-on-share-tested-points = Effect on the share tested (points)
attrition-trimmed = Trimmed (%)
attrition-among = Among
attrition-lower-lee-bound = Lower Lee bound
attrition-upper-lee-bound = Upper Lee bound

# -- robust
attrition-title = Pupils not tested
attrition-opening = The assessment's lists also name pupils without a score. If the programme moved who is tested, means would change though nobody learned more.
attrition-effect = For { $phrase }, the effect on the share tested is { NUM("attrition", $o, signed: "yes") } percentage points ({ CI("attrition", $o) }; { P("attrition", $o) }), and by Lee's bounds [@lee2009] the effect lies within { CI("lee", $o) }.
attrition-one-way = The bounds take it that the programme moves being tested one way only.

# -- technical
attrition-technical = **Lee bounds.** With $\delta$ the effect on the share tested and $q$ that share in the group that gains, the part $|\delta|/q$ of each cohort's and period's distribution of scores is cut from the top or the bottom and the effect estimated again [@lee2009]; intervals after Imbens and Manski [@imbensmanski2004]. *Estimand in a plain sentence:* the effect on pupils who would be tested with the programme and without it.
