extension Citation {
  /// In the order of the ids.
  // Addresses stay whole on their lines.
  // swift-format-ignore
  static let all: [Citation] = [
    Citation(
      name: "rac-0071",
      title: "CMS Recovery Audit topic 0071, initial hydration, infusion and chemotherapy administration",
      section: "whole page", date: "n.d.", grade: .authority, quotedBy: nil,
      address: "https://www.cms.gov/Research-Statistics-Data-and-Systems/Monitoring-Programs/Medicare-FFS-Compliance-Programs/Recovery-Audit-Program/Approved-RAC-Topics-Items/0071-Initial-Hydration-Infusion-and-Chemotherapy-Administration.html"),
    Citation(
      name: "rac-0137",
      title: "CMS Recovery Audit topic 0137, IV hydration administration",
      section: "whole page", date: "n.d.", grade: .authority, quotedBy: nil,
      address: nil),
    Citation(
      name: "palmetto-a53778",
      title: "Palmetto GBA A53778, infusion, injection and hydration services",
      section: "first half", date: "rev. eff. 03-Oct-2019", grade: .authority, quotedBy: nil,
      address: "https://cms.gov/medicare-coverage-database/view/article.aspx?articleId=53778"),
    Citation(
      name: "palmetto-aborted",
      title: "Palmetto J11 Part B questions, aborted rituximab",
      section: "", date: "updated 03-Jun-2014", grade: .authority, quotedBy: nil,
      address: nil),
    Citation(
      name: "noridian-chemo",
      title: "Noridian JF-B, chemotherapy and nonchemotherapy",
      section: "push definition", date: "after Jan 2025", grade: .authority, quotedBy: nil,
      address: "https://med.noridianmedicare.com/es/web/jfb/topics/drugs-biologicals-injections/chemotherapy-and-nonchemotherapy-bundling-and-unbundling-of-services-and-supplies"),
    Citation(
      name: "noridian-a52953",
      title: "Noridian A52953, chemotherapy administration",
      section: "first part", date: "n.d.", grade: .authority, quotedBy: nil,
      address: "https://med.noridianmedicare.com/web/jeb/policies/coverage-articles/chemotherapy-administration"),
    Citation(
      name: "noridian-complex",
      title: "Noridian JF-A, clarification on complex biologics (CR 13468)",
      section: "whole page", date: "Dec 2023", grade: .authority, quotedBy: nil,
      address: "https://med.noridianmedicare.com/es/web/jfa/article-detail/-/view/10529/clarification-on-payment-for-monoclonal-complex-biological-and-rheumatological-therapies"),
    Citation(
      name: "noridian-a52732",
      title: "Noridian A52732, hydration services",
      section: "", date: "rev. eff. 07-May-2020", grade: .authority, quotedBy: nil,
      address: "https://cms.gov/medicare-coverage-database/view/article.aspx?articleid=52732"),
    Citation(
      name: "noridian-hydration",
      title: "Noridian JE-A, hydration topic",
      section: "", date: "n.d.", grade: .authority, quotedBy: nil,
      address: "https://med.noridianmedicare.com/web/jea/topics/drugs-biologicals-injections/hydration"),
    Citation(
      name: "noridian-tpe",
      title: "Noridian JF-A, results of targeted review of 96360 and 96361",
      section: "", date: "Jan to Mar 2020", grade: .authority, quotedBy: nil,
      address: nil),
    Citation(
      name: "cms-a58527",
      title: "CMS coverage article A58527 on the use of 96401 to 96549",
      section: "", date: "2021", grade: .authority, quotedBy: nil,
      address: "https://cms.gov/medicare-coverage-database/details/article-details.aspx?articleid=58527"),
    Citation(
      name: "cms-a55134",
      title: "CMS coverage article A55134, prolonged infusion with an external pump",
      section: "opening", date: "rev. eff. 16-Feb-2023, retired 11-Dec-2025", grade: .authority, quotedBy: nil,
      address: "https://cms.gov/medicare-coverage-database/view/article.aspx?articleId=55134"),
    Citation(
      name: "chemo-001",
      title: "Billing guideline CHEMO-001 to LCD L37205",
      section: "", date: "n.d.", grade: .authority, quotedBy: nil,
      address: nil),
    Citation(
      name: "mln-1783722",
      title: "CMS MLN1783722, modifiers 59 and X",
      section: "opening", date: "Feb 2024", grade: .authority, quotedBy: nil,
      address: nil),
    Citation(
      name: "ngs-add-on",
      title: "NGS, add-on codes",
      section: "", date: "03-Mar-2025", grade: .authority, quotedBy: nil,
      address: "https://ngsmedicare.com/web/ngs/national-correct-coding-initiative?selectedArticleId=12849867"),
    Citation(
      name: "first-coast-mue",
      title: "First Coast, medically unlikely edits",
      section: "", date: "n.d.", grade: .authority, quotedBy: nil,
      address: "https://medicare.fcso.com/coding/medically-unlikely-edits-avoid-denials-and-appeals-properly-coding-first"),
    Citation(
      name: "transmittal-1702",
      title: "CMS Transmittal 1702",
      section: "", date: "13-Mar-2009", grade: .quoted, quotedBy: "Revenue Cycle Advisor, 20-Apr-2018",
      address: "https://revenuecycleadvisor.com/news-analysis/qa-reporting-drug-administration-crosses-midnight"),
    Citation(
      name: "transmittal-902",
      title: "CMS Transmittal 902",
      section: "", date: "07-Apr-2006", grade: .quoted, quotedBy: "HCPro, 14-Apr-2006",
      address: "https://www.hcpro.com/HIM-57366-859/New-CMS-transmittal-clarifies-drug-administration-modifier-59.html"),
    Citation(
      name: "claims-manual-4-230",
      title: "CMS Pub 100-04 chapter 4",
      section: "section 230.2", date: "CY 2007", grade: .quoted, quotedBy: "HCPro, 02-Dec-2009",
      address: "http://www.hcpro.com/HOM-242788-8160/QA-tackles-coding-questions-about-injections-and-infusions.html"),
    Citation(
      name: "cpt-ranking",
      title: "CPT rules on the initial service",
      section: "facility and professional", date: "n.d.", grade: .quoted, quotedBy: "AAPC 171590",
      address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/you-be-the-coder-watch-sequencing-for-accurate-prophylactic-infusion-coding-171590-article"),
    Citation(
      name: "aapc-157218",
      title: "CPT note on further hours (90 and 93 minutes)",
      section: "", date: "n.d.", grade: .quoted, quotedBy: "AAPC 157218",
      address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/infusions-answering-these-5-faqs-will-resolve-your-infusion-claim-concerns-157218-article"),
    Citation(
      name: "aapc-170565",
      title: "AAPC Oncology Coding Alert 170565",
      section: "91 to 150, 151 to 210; clock resets by drug", date: "n.d.", grade: .opinion, quotedBy: nil,
      address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/chemotherapy-coding-take-these-4-tips-document-this-chemo-admin-scenario-correctly-170565-article"),
    Citation(
      name: "aapc-145827",
      title: "AAPC Oncology Coding Alert 145827, discontinued infusions",
      section: "", date: "10-Apr-2007", grade: .opinion, quotedBy: nil,
      address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/you-be-the-coder-append-modifier-53-for-discontinued-infusions-145827-article"),
    Citation(
      name: "aapc-149056",
      title: "AAPC Oncology Coding Alert 149056, interrupted rituximab",
      section: "", date: "n.d.", grade: .opinion, quotedBy: nil,
      address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/you-be-the-coder-earn-for-every-milligram-mg-of-rituximab-149056-article"),
    Citation(
      name: "aapc-172381",
      title: "AAPC Oncology Coding Alert 172381, one site a catheter",
      section: "", date: "2022", grade: .opinion, quotedBy: nil,
      address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/infusion-coding-use-this-3-step-guide-to-perfect-your-infusion-coding-172381-article"),
    Citation(
      name: "aapc-176906",
      title: "AAPC Oncology Coding Alert 176906, 96413 with 96368",
      section: "", date: "n.d.", grade: .opinion, quotedBy: nil,
      address: nil),
    Citation(
      name: "aapc-2006",
      title: "CPT Assistant Nov 2005 and Nov 2006 on concurrent infusion",
      section: "", date: "22-Feb-2006", grade: .quoted, quotedBy: "AAPC Oncology Coding Alert",
      address: "https://www.aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/heres-why-simultaneous-infusions-dont-always-equal-concurrent-code-article"),
    Citation(
      name: "asco-2008",
      title: "ASCO Journal of Oncology Practice 4(4):171",
      section: "", date: "2008", grade: .opinion, quotedBy: nil,
      address: "http://pubmedcentralcanada.ca/pmcc/articles/PMC2793946/"),
    Citation(
      name: "asco-2010",
      title: "ASCO Journal of Oncology Practice 6(4):218",
      section: "", date: "2010", grade: .opinion, quotedBy: nil,
      address: "http://pubmedcentralcanada.ca/pmcc/articles/PMC2900877/"),
    Citation(
      name: "premera-2019",
      title: "CPT general time rule (midpoint)",
      section: "", date: "07-Nov-2019", grade: .quoted, quotedBy: "Premera",
      address: "https://www.premera.com/wa/provider/news/reminders-updates/billing-for-time/"),
    Citation(
      name: "rca-4136",
      title: "Revenue Cycle Advisor, multiple infusions (J. Shah)",
      section: "node 4136", date: "about 2017", grade: .opinion, quotedBy: nil,
      address: "https://revenuecycleadvisor.com/node/4136"),
    Citation(
      name: "rca-no-stop",
      title: "Revenue Cycle Advisor, no documented stop time",
      section: "", date: "27-Jul-2018", grade: .opinion, quotedBy: nil,
      address: "https://revenuecycleadvisor.com/news-analysis/qa-cpt-coding-infusions-no-documented-stop-time"),
    Citation(
      name: "rca-short",
      title: "CPT Assistant Dec 2011, separate infusions are not added",
      section: "", date: "Dec 2011", grade: .quoted, quotedBy: "Revenue Cycle Advisor",
      address: "https://revenuecycleadvisor.com/news-analysis/qa-cpt-coding-multiple-therapeutic-infusions-short-duration"),
    Citation(
      name: "cpt-assistant-2007",
      title: "CPT Assistant Jun 2007, hydration before and after chemotherapy",
      section: "", date: "Jun 2007", grade: .quoted, quotedBy: "AAPC forum 196971",
      address: "https://www.aapc.com:443/discuss/threads/billing-hydration-and-chemotherapy.196971/post-539772"),
    Citation(
      name: "supercoder-2013",
      title: "CPT Assistant Dec 2011, repeated push",
      section: "", date: "15-Nov-2013", grade: .quoted, quotedBy: "SuperCoder",
      address: "https://www.supercoder.com/my-ask-an-expert/topic/billing-infusion-codes"),
    Citation(
      name: "medlearn-jan-2022",
      title: "MedLearn pharmacy question, overlapping infusions",
      section: "", date: "31-Jan-2022", grade: .opinion, quotedBy: nil,
      address: "https://medlearn.com/pharmacy-question-for-the-week-of-january-31-2022/"),
    Citation(
      name: "medlearn-nov-2021",
      title: "MedLearn general question, pushes inside hydration",
      section: "", date: "15-Nov-2021", grade: .opinion, quotedBy: nil,
      address: "https://medlearn.com/general-question-for-the-week-of-november-15-2021/"),
    Citation(
      name: "medlearn-aug-2023",
      title: "MedLearn general question, sequential infusion",
      section: "", date: "28-Aug-2023", grade: .opinion, quotedBy: nil,
      address: "https://medlearn.com/general-question-for-the-week-of-august-28-2023"),
    Citation(
      name: "qhr",
      title: "CMS questions on a missing stop",
      section: "", date: "n.d.", grade: .quoted, quotedBy: "QHR knowledge base",
      address: "http://qhr.knowledgebase.co/article/iv-push-96374.html"),
    Citation(
      name: "haugen-midnight",
      title: "Haugen Group, hydration and infusion at midnight",
      section: "", date: "n.d.", grade: .opinion, quotedBy: nil,
      address: "https://www.thehaugengroup.com/hydration-infusion-coding-at-midnight-the-orphaned-service-interval/"),
    Citation(
      name: "icd10monitor-sc",
      title: "ICD10monitor, subcutaneous infusion coding",
      section: "", date: "n.d.", grade: .opinion, quotedBy: nil,
      address: "https://icd10monitor.medlearn.com/subcutaneous-infusion-coding-for-success"),
    Citation(
      name: "select-health-09",
      title: "Select Health policy 09",
      section: "", date: "rev. 12-Jun-2025", grade: .authority, quotedBy: nil,
      address: nil),
    Citation(
      name: "regence-109",
      title: "CPT place-of-service note",
      section: "policy 109", date: "2018", grade: .quoted, quotedBy: "Regence",
      address: "https://www.regence.com/web/regence_provider/injection-and-infusion-services"),
    Citation(
      name: "codapedia",
      title: "Codapedia, primaries of 96361",
      section: "", date: "16-Mar-2022", grade: .opinion, quotedBy: nil,
      address: nil),
    Citation(
      name: "payerready",
      title: "CMS practitioner edit table",
      section: "rows 96361, 96367, 96376, 96409", date: "2026 file", grade: .quoted, quotedBy: "payerready.com",
      address: "https://payerready.com/codes/cpt/96361"),
    Citation(
      name: "codingahead",
      title: "CMS practitioner edit table",
      section: "row 96366", date: "Jan 2026", grade: .quoted, quotedBy: "codingahead.com",
      address: nil),
    Citation(
      name: "code-book",
      title: "CPT code book, notes under the codes",
      section: "", date: "2026", grade: .memory, quotedBy: nil,
      address: nil),
    Citation(
      name: "deduction",
      title: "Chairtime rulebook 2026",
      section: "", date: "2026", grade: .deduction, quotedBy: nil,
      address: nil),
  ]
}
