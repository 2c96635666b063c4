extension Citation.ID {
  /// The source with this name; `citation` returns the same.
  // Addresses stay whole on their lines.
  // swift-format-ignore
  var made: Citation {
    switch self {
    case .rac0071:
      Citation(
        self, "CMS Recovery Audit topic 0071, initial hydration, infusion and chemotherapy administration",
        section: "whole page", date: "n.d.", grade: .authority,
        address: "https://www.cms.gov/Research-Statistics-Data-and-Systems/Monitoring-Programs/Medicare-FFS-Compliance-Programs/Recovery-Audit-Program/Approved-RAC-Topics-Items/0071-Initial-Hydration-Infusion-and-Chemotherapy-Administration.html")
    case .rac0137:
      Citation(
        self, "CMS Recovery Audit topic 0137, IV hydration administration",
        section: "whole page", date: "n.d.", grade: .authority,
        address: "https://www.cms.gov/Research-Statistics-Data-and-Systems/Monitoring-Programs/Medicare-FFS-Compliance-Programs/Recovery-Audit-Program/Approved-RAC-Topics-Items/0137-IV-Hydration-Administration.html")
    case .palmettoA53778:
      Citation(
        self, "Palmetto GBA A53778, infusion, injection and hydration services",
        section: "first half", date: "rev. eff. 03-Oct-2019", grade: .authority,
        address: "https://cms.gov/medicare-coverage-database/view/article.aspx?articleId=53778")
    case .palmettoAborted:
      Citation(
        self, "Palmetto J11 Part B questions, aborted rituximab",
        date: "updated 03-Jun-2014", grade: .authority)
    case .noridianChemo:
      Citation(
        self, "Noridian JF-B, chemotherapy and nonchemotherapy",
        section: "push definition", date: "after Jan 2025", grade: .authority,
        address: "https://med.noridianmedicare.com/es/web/jfb/topics/drugs-biologicals-injections/chemotherapy-and-nonchemotherapy-bundling-and-unbundling-of-services-and-supplies")
    case .noridianA52953:
      Citation(
        self, "Noridian A52953, chemotherapy administration",
        section: "first part", date: "n.d.", grade: .authority,
        address: "https://med.noridianmedicare.com/web/jeb/policies/coverage-articles/chemotherapy-administration")
    case .noridianComplex:
      Citation(
        self, "Noridian JF-A, clarification on complex biologics (CR 13468)",
        section: "whole page", date: "n.d.", grade: .authority,
        address: "https://med.noridianmedicare.com/es/web/jfa/article-detail/-/view/10529/clarification-on-payment-for-monoclonal-complex-biological-and-rheumatological-therapies")
    case .noridianA52732:
      Citation(
        self, "Noridian A52732, hydration services",
        date: "rev. eff. 07-May-2020", grade: .authority,
        address: "https://cms.gov/medicare-coverage-database/view/article.aspx?articleid=52732")
    case .noridianHydration:
      Citation(
        self, "Noridian JE-A, hydration topic",
        date: "n.d.", grade: .authority,
        address: "https://med.noridianmedicare.com/web/jea/topics/drugs-biologicals-injections/hydration")
    case .noridianTPE:
      Citation(
        self, "Noridian JF-A, results of targeted review of 96360 and 96361",
        date: "Jan to Mar 2020", grade: .authority,
        address: "https://med.noridianmedicare.com/web/jfa/cert-review/mr/review-results/iv-hydration-quarterly-results-of-tpe-review")
    case .noridianPostPay:
      Citation(
        self, "Noridian JE-A, findings of the post-payment review of hydration in Nevada",
        date: "2020 to 2021", grade: .authority,
        address: "https://med.noridianmedicare.com/web/jea/cert-reviews/post-pay-reviews/intravenous-hydration-nv-service-specific-post-payment-final-findings")
    case .noridianWyoming:
      Citation(
        self, "Noridian JF-A, findings of the post-payment review of hydration in Wyoming",
        date: "2020 to 2021", grade: .authority,
        address: "https://med.noridianmedicare.com/web/jfa/cert-reviews/post-pay-reviews/intravenous-hydration-wy-service-specific-post-payment-final-findings")
    case .cmsA58527:
      Citation(
        self, "CMS coverage article A58527 on the use of 96401 to 96549",
        date: "2021", grade: .authority,
        address: "https://cms.gov/medicare-coverage-database/details/article-details.aspx?articleid=58527")
    case .cmsA55134:
      Citation(
        self, "CMS coverage article A55134, prolonged infusion with an external pump",
        section: "opening", date: "rev. eff. 16-Feb-2023, retired 11-Dec-2025", grade: .authority,
        address: "https://cms.gov/medicare-coverage-database/view/article.aspx?articleId=55134")
    case .chemo001:
      Citation(
        self, "Contractor's billing guideline CHEMO-001 to LCD L37205",
        section: "on change request 9749", date: "n.d.", grade: .authority,
        address: "https://docslib.org:443/doc/5796246/billing-and-coding-guideline-for-chemo-001-chemotherapy-drugs-and-their-adjuncts-lcd-l37205-medicare-regulation-excerpts-pub-10")
    case .mln1783722:
      Citation(
        self, "CMS MLN1783722, modifiers 59 and X",
        section: "opening", date: "Feb 2024", grade: .authority,
        address: "https://info.5y1.org/hcpcs-codes-with-modifiers_1_3ee17a.html")
    case .ngsAddOn:
      Citation(
        self, "NGS, add-on codes",
        date: "03-Mar-2025", grade: .authority,
        address: "https://ngsmedicare.com/web/ngs/national-correct-coding-initiative?selectedArticleId=12849867")
    case .firstCoastMUE:
      Citation(
        self, "First Coast, medically unlikely edits",
        date: "n.d.", grade: .authority,
        address: "https://medicare.fcso.com/coding/medically-unlikely-edits-avoid-denials-and-appeals-properly-coding-first")
    case .transmittal1702:
      Citation(
        self, "CMS Transmittal 1702",
        date: "13-Mar-2009", grade: .quoted, quotedBy: "Revenue Cycle Advisor, 20-Apr-2018",
        address: "https://revenuecycleadvisor.com/news-analysis/qa-reporting-drug-administration-crosses-midnight")
    case .transmittal902:
      Citation(
        self, "CMS Transmittal 902",
        date: "07-Apr-2006", grade: .quoted, quotedBy: "HCPro, 14-Apr-2006",
        address: "https://www.hcpro.com/HIM-57366-859/New-CMS-transmittal-clarifies-drug-administration-modifier-59.html")
    case .chapter4:
      Citation(
        self, "CMS Pub 100-04 chapter 4",
        section: "section 230.2", date: "CY 2007", grade: .quoted, quotedBy: "HCPro, 02-Dec-2009",
        address: "http://www.hcpro.com/HOM-242788-8160/QA-tackles-coding-questions-about-injections-and-infusions.html")
    case .cptRanking:
      Citation(
        self, "CPT rules on the initial service",
        section: "facility and professional", date: "n.d.", grade: .quoted, quotedBy: "AAPC 171590",
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/you-be-the-coder-watch-sequencing-for-accurate-prophylactic-infusion-coding-171590-article")
    case .cptFurtherPush:
      Citation(
        self, "CPT rule on the first push after the initial service",
        date: "n.d.", grade: .quoted, quotedBy: "Select Health policy 09, rev. 12-Jun-2025")
    case .cptMidnight:
      Citation(
        self, "CPT introduction, example of hydration from 23:00 to 02:00",
        date: "n.d.", grade: .quoted, quotedBy: "AAPC forum 110083")
    case .aapc157218:
      Citation(
        self, "CPT note on further hours (90 and 93 minutes)",
        date: "n.d.", grade: .quoted, quotedBy: "AAPC 157218",
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/infusions-answering-these-5-faqs-will-resolve-your-infusion-claim-concerns-157218-article")
    case .aapc170565:
      Citation(
        self, "AAPC Oncology Coding Alert 170565",
        section: "91 to 150, 151 to 210; clock resets by drug", date: "n.d.", grade: .opinion,
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/chemotherapy-coding-take-these-4-tips-document-this-chemo-admin-scenario-correctly-170565-article")
    case .aapc145827:
      Citation(
        self, "AAPC Oncology Coding Alert 145827, discontinued infusions",
        date: "n.d.", grade: .opinion,
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/you-be-the-coder-append-modifier-53-for-discontinued-infusions-145827-article")
    case .aapc149056:
      Citation(
        self, "AAPC Oncology Coding Alert 149056, interrupted rituximab",
        date: "n.d.", grade: .opinion,
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/you-be-the-coder-earn-for-every-milligram-mg-of-rituximab-149056-article")
    case .aapc172381:
      Citation(
        self, "AAPC Oncology Coding Alert 172381, one site a catheter",
        date: "2022", grade: .opinion,
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/infusion-coding-use-this-3-step-guide-to-perfect-your-infusion-coding-172381-article")
    case .aapc176906:
      Citation(
        self, "AAPC Oncology Coding Alert 176906, 96413 with 96368",
        date: "n.d.", grade: .opinion)
    case .aapc2006:
      Citation(
        self, "CPT Assistant Nov 2005 on two chemotherapies at once",
        date: "Nov 2005", grade: .quoted, quotedBy: "AAPC Oncology Coding Alert, 22-Feb-2006",
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/reader-questions-consider-concurrent-infusion-codes-article")
    case .aapcSimultaneous:
      Citation(
        self, "CPT Assistant Nov 2005 and Nov 2006 on separate bags",
        date: "Nov 2006", grade: .quoted, quotedBy: "AAPC Oncology Coding Alert, n.d.",
        address: "https://www.aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/heres-why-simultaneous-infusions-dont-always-equal-concurrent-code-article")
    case .aapcDisconnect:
      Citation(
        self, "AAPC Oncology Coding Alert, disconnecting a pump",
        date: "n.d.", grade: .opinion)
    case .asco2008:
      Citation(
        self, "ASCO Journal of Oncology Practice 4(4):171",
        date: "2008", grade: .opinion,
        address: "http://pubmedcentralcanada.ca/pmcc/articles/PMC2793946/")
    case .asco2010:
      Citation(
        self, "ASCO Journal of Oncology Practice 6(4):218",
        date: "2010", grade: .opinion,
        address: "http://pubmedcentralcanada.ca/pmcc/articles/PMC2900877/")
    case .premera2019:
      Citation(
        self, "CPT general time rule (midpoint)",
        date: "n.d.", grade: .quoted, quotedBy: "Premera, 07-Nov-2019",
        address: "https://www.premera.com/wa/provider/news/reminders-updates/billing-for-time/")
    case .rca4136:
      Citation(
        self, "Revenue Cycle Advisor, multiple infusions (J. Shah)",
        section: "node 4136", date: "about 2017", grade: .opinion,
        address: "https://revenuecycleadvisor.com/node/4136")
    case .rcaNoStop:
      Citation(
        self, "Revenue Cycle Advisor, no documented stop time",
        date: "27-Jul-2018", grade: .opinion,
        address: "https://revenuecycleadvisor.com/news-analysis/qa-cpt-coding-infusions-no-documented-stop-time")
    case .rcaShort:
      Citation(
        self, "CPT Assistant Dec 2011, separate infusions are not added",
        date: "Dec 2011", grade: .quoted, quotedBy: "Revenue Cycle Advisor",
        address: "https://revenuecycleadvisor.com/news-analysis/qa-cpt-coding-multiple-therapeutic-infusions-short-duration")
    case .cptAssistant2007:
      Citation(
        self, "CPT Assistant Jun 2007, hydration before and after chemotherapy",
        date: "Jun 2007", grade: .quoted, quotedBy: "AAPC forum 196971",
        address: "https://www.aapc.com:443/discuss/threads/billing-hydration-and-chemotherapy.196971/post-539772")
    case .supercoder2013:
      Citation(
        self, "CPT Assistant Dec 2011, repeated push",
        date: "Dec 2011", grade: .quoted, quotedBy: "SuperCoder, 15-Nov-2013",
        address: "https://www.supercoder.com/my-ask-an-expert/topic/billing-infusion-codes")
    case .medlearnJan2022:
      Citation(
        self, "MedLearn pharmacy question, overlapping infusions",
        date: "31-Jan-2022", grade: .opinion,
        address: "https://medlearn.com/pharmacy-question-for-the-week-of-january-31-2022/")
    case .medlearnNov2021:
      Citation(
        self, "MedLearn general question, pushes inside hydration",
        date: "15-Nov-2021", grade: .opinion,
        address: "https://medlearn.com/general-question-for-the-week-of-november-15-2021/")
    case .medlearnAug2023:
      Citation(
        self, "MedLearn general question, sequential infusion",
        date: "28-Aug-2023", grade: .opinion,
        address: "https://medlearn.com/general-question-for-the-week-of-august-28-2023")
    case .medlearnDec2024:
      Citation(
        self, "MedLearn general question, documented minutes of an infusion",
        date: "30-Dec-2024", grade: .opinion,
        address: "https://medlearn.com/general-question-for-the-week-of-december-30-2024/")
    case .qhr:
      Citation(
        self, "CMS questions on a missing stop",
        date: "n.d.", grade: .quoted, quotedBy: "QHR knowledge base",
        address: "http://qhr.knowledgebase.co/article/iv-push-96374.html")
    case .haugenMidnight:
      Citation(
        self, "Haugen Group, hydration and infusion at midnight",
        date: "n.d.", grade: .opinion,
        address: "https://www.thehaugengroup.com/hydration-infusion-coding-at-midnight-the-orphaned-service-interval/")
    case .haugenQuestions:
      Citation(
        self, "Haugen Group, injections and infusions, questions after a webinar",
        date: "n.d.", grade: .opinion,
        address: "https://www.thehaugengroup.com/tips-expertise-injections-infusions-beyond-the-basics-webinar-qa/")
    case .icd10monitorSC:
      Citation(
        self, "ICD10monitor, subcutaneous infusion coding",
        date: "n.d.", grade: .opinion,
        address: "https://icd10monitor.medlearn.com/subcutaneous-infusion-coding-for-success")
    case .selectHealth09:
      Citation(
        self, "Select Health policy 09, a payer's text",
        date: "rev. 12-Jun-2025", grade: .authority)
    case .regence109:
      Citation(
        self, "CPT place-of-service note",
        date: "n.d.", grade: .quoted, quotedBy: "Regence policy 109, 2018",
        address: "https://www.regence.com/web/regence_provider/injection-and-infusion-services")
    case .codapedia:
      Citation(
        self, "Codapedia, primaries of 96361",
        date: "16-Mar-2022", grade: .opinion)
    case .careCost:
      Citation(
        self, "CareCostEstimate, 96401 and 96402",
        date: "n.d.", grade: .opinion)
    case .payerready:
      Citation(
        self, "CMS practitioner edit table",
        section: "rows 96361, 96367, 96376, 96409", date: "2026 file", grade: .quoted, quotedBy: "payerready.com",
        address: "https://payerready.com/codes/cpt/96361")
    case .codingahead:
      Citation(
        self, "CMS practitioner edit table",
        section: "row 96366", date: "Jan 2026", grade: .quoted, quotedBy: "codingahead.com",
        address: "https://webhooks.codingahead.com/cpt/codes/96366")
    case .ucla2009:
      Citation(
        self, "UCLA guide to infusion coding, prolonged pumps",
        date: "2009", grade: .opinion)
    case .hcpcs2025:
      Citation(
        self, "CMS HCPCS file, row C8957",
        date: "Oct 2025", grade: .authority)
    case .codingahead96372:
      Citation(
        self, "Coding Ahead, quick reference for 96372",
        date: "2026", grade: .opinion,
        address: "https://webhooks.codingahead.com/cpt/codes/96372")
    case .cptAssistantMay2010:
      Citation(
        self, "CPT Assistant May 2010, 59 on a further injection",
        date: "May 2010", grade: .quoted, quotedBy: "AAPC 136708",
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/reader-question-divided-dose-may-need-payer-guidance-136708-article")
    case .hcpro2008:
      Citation(
        self, "HCPro, units of injections on one line",
        date: "2008", grade: .opinion)
    case .miamiOBC:
      Citation(
        self, "University of Miami Office of Billing Compliance, tip on administration charges",
        date: "n.d.", grade: .opinion,
        address: "http://www.obc.med.miami.edu/awareness/obc-tips/administration-charges")
    case .hiiGuide:
      Citation(
        self, "HII guide that relays CMS on drugs integral to a procedure",
        date: "n.d.", grade: .opinion)
    case .cpiExperts2006:
      Citation(
        self, "CPI Experts on drugs integral to a procedure",
        date: "2006", grade: .opinion)
    case .ahima107707:
      Citation(
        self, "AHIMA 107707, services after the inpatient order",
        date: "n.d.", grade: .opinion)
    case .icd10monitor49453:
      Citation(
        self, "ICD10monitor 49453, outpatient infusions",
        date: "2022", grade: .opinion,
        address: "https://icd10monitor.medlearn.com/?p=49453")
    case .cgsDrugUnits, .cmsDiscarded, .firstCoastDrugs, .noridianDrugs, .rac0074, .ngsWaste,
      .ngsImaging, .ngsPatientSupply, .chapter17Units, .chapter17Waste, .cmsPackageUnits,
      .rta2017, .uhcMaryland, .aapc147401, .icd10monitorVials, .palmettoJ9355, .cmsSharedVial,
      .msho2026, .cam078, .palmettoWaste, .palmettoUnlisted, .amerihealthNDC, .cmsDrugFiles,
      .priorityRoute, .noridianSelf, .rxtrail340B, .hopaRounding:
      drugSource?.citation(self)
        ?? Citation(self, rawValue, date: "n.d.", grade: .deduction)
    case .codeBook:
      Citation(
        self, "CPT code book, notes under the codes",
        section: "not read", date: "2026", grade: .memory)
    case .deduction:
      Citation(
        self, "Chairtime rulebook",
        section: "own decision", date: "2026", grade: .deduction)
    }
  }
}
