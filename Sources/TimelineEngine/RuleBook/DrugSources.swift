/// A source of the rules of drugs, with what it says.
struct DrugSource {
  let title: String
  var section = ""
  let date: String
  let grade: Citation.Grade
  var quotedBy: String?
  var address: String?
  let says: String

  func citation(_ id: Citation.ID) -> Citation {
    Citation(
      id, title, section: section, date: date, grade: grade, quotedBy: quotedBy, address: address)
  }
}

extension Citation.ID {
  /// The source if it is one of the rules of drugs; nil otherwise.
  // Addresses stay whole on their lines.
  // swift-format-ignore
  var drugSource: DrugSource? {
    switch self {
    case .cgsDrugUnits:
      DrugSource(
        title: "CGS, billing drug units and the JW and JZ modifiers", section: "opening",
        date: "27-Jun-2023", grade: .authority,
        address: "https://cgsmedicare.com/partb/pubs/news/2023/06/cope140894.html",
        says: "Units are the dose in the amounts of the code, rounded up. They match the smallest containers that give the dose. Multi-dose containers take neither JW nor JZ.")
    case .cmsDiscarded:
      DrugSource(
        title: "CMS, discarded drugs", section: "opening",
        date: "n.d.", grade: .authority,
        address: "http://www.cms.gov/medicare/payment/part-b-drugs/discarded-drugs",
        says: "JW reports a discarded amount of a single-dose container, JZ that nothing was discarded; JZ is required from 1 July 2023.")
    case .firstCoastDrugs:
      DrugSource(
        title: "First Coast, single-dose containers and the JW and JZ modifiers", section: "opening",
        date: "20-Apr-2024", grade: .authority,
        address: "https://medicare.fcso.com/Claim_submission_guidelines/0503966.asp",
        says: "The label decides what a single-dose container is. Offices, critical access hospitals and 340B entities use the modifiers.")
    case .noridianDrugs:
      DrugSource(
        title: "Noridian, drug wastage, JW and JZ modifiers", section: "whole page",
        date: "n.d.", grade: .authority,
        address: "https://med.noridianmedicare.com/web/jea/topics/drugs-biologicals-injections/drug-wastage-jw-and-jz-modifiers",
        says: "Given and discarded units stand on two lines. JW needs a whole unit; overfill is never billed; packaged drugs (status N) take no modifier, G and K do; infliximab has no more than 150 units a day.")
    case .rac0074:
      DrugSource(
        title: "CMS Recovery Audit topic 0074, excessive or insufficient drugs and biologicals", section: "whole page",
        date: "n.d.", grade: .authority,
        says: "Units are those of the amount given, by the amount of the code.")
    case .ngsWaste:
      DrugSource(
        title: "NGS, answer on units of dose and waste", section: "whole page",
        date: "n.d.", grade: .authority,
        address: "https://ngsmedicare.com/web/ngs/search-details?selectedArticleId=4990260",
        says: "Units are rounded up for the dose and down for the waste.")
    case .ngsImaging:
      DrugSource(
        title: "NGS, drugs and biologicals", section: "opening",
        date: "n.d.", grade: .authority,
        address: "https://ngsmedicare.com/drugs-and-biologicals?selectedArticleId=11025084",
        says: "Imaging agents and radiopharmaceuticals take no JW or JZ.")
    case .ngsPatientSupply:
      DrugSource(
        title: "NGS, billing for drugs that the patient supplied", section: "whole page",
        date: "rev. 10-Apr-2023", grade: .authority,
        address: "https://www.ngsmedicare.com/web/ngs/news-article-details?selectedArticleId=3999440",
        says: "A drug that cost the provider nothing stands on the claim of its administration, with a token charge.")
    case .chapter17Units:
      DrugSource(
        title: "Medicare Claims Processing Manual, chapter 17 section 10", section: "units of drugs",
        date: "n.d.", grade: .quoted, quotedBy: "HCPro, 14-Sep-2012",
        address: "https://www.hcpro.com/HIM-284459-859/QA-Correctly-determining-billing-units-for-drugs.html",
        says: "The units are those of the dose used in the care of the patient, rounded up to the next whole unit.")
    case .chapter17Waste:
      DrugSource(
        title: "Medicare Claims Processing Manual, chapter 17 section 40", section: "discarded drugs",
        date: "n.d.", grade: .quoted, quotedBy: "AAPC Oncology & Hematology Coding Alert",
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/reader-questions-take-this-advice-for-drug-waste-billing-article",
        says: "After a dose was given, the rest of a single-dose container is billed up to its label; a rest inside the rounded unit is not.")
    case .cmsPackageUnits:
      DrugSource(
        title: "CMS, reporting units of drugs", section: "packages",
        date: "2010 to 2011", grade: .quoted, quotedBy: "ASC Coding & Billing, Apr 2011",
        address: "http://www.ascbillingcode.com/2011/04/reporting-of-units-for-drugs-correct.html",
        says: "Units never follow the way in which a drug is packaged, stored or stocked.")
    case .rta2017:
      DrugSource(
        title: "RTA, appropriate Medicare drug billing",
        date: "16-Aug-2017", grade: .opinion,
        address: "https://www.rtacpa.com/2017/08/16/appropriate-medicare-drug-billing/",
        says: "Amounts of several packages are added and stand on one line.")
    case .uhcMaryland:
      DrugSource(
        title: "UnitedHealthcare Community Plan of Maryland, discarded drugs",
        date: "20-Mar-2025", grade: .authority,
        address: "https://uhcprovider.com/content/provider/en/resource-library/news/2025/md-discarded-drugs-biologicals-policy-update.html",
        says: "One line for each National Drug Code with the units of its vials, and one line with JW.")
    case .aapc147401:
      DrugSource(
        title: "AAPC Coding Alert 147401, wastage of rituximab",
        date: "n.d.", grade: .opinion,
        address: "https://aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/reader-questions-account-for-wastage-in-rituximab-injections-147401-article",
        says: "The rest of a larger vial is billed if only that vial was in stock.")
    case .icd10monitorVials:
      DrugSource(
        title: "ICD10monitor, risks of high-priced pharmaceuticals", section: "opening",
        date: "n.d.", grade: .opinion,
        address: "https://icd10monitor.medlearn.com/the-high-stake-risks-of-high-priced-pharmaceuticals",
        says: "A payer challenged the waste of nivolumab because other vials would have wasted less.")
    case .palmettoJ9355:
      DrugSource(
        title: "Palmetto, review of J9355",
        date: "n.d.", grade: .quoted, quotedBy: "AAPC Coding Alert 128394",
        address: "https://www.aapc.com/codes/coding-newsletters/my-oncology-hematology-coding-alert/reader-question-j9355-isnt-subject-to-wasted-drug-payment-128394-128394-128394-article",
        says: "No waste is paid from a multi-dose vial.")
    case .cmsSharedVial:
      DrugSource(
        title: "CMS, a container used for several patients",
        date: "n.d.", grade: .quoted, quotedBy: "AAPC blog 7923",
        address: "https://www.aapc.com/blog/7923-drug-waste-money/",
        says: "Each patient is billed what he got; the rest belongs to the last patient on whom the container was used.")
    case .msho2026:
      DrugSource(
        title: "MSHO, a drug that was stopped early",
        date: "17-Feb-2026", grade: .opinion,
        address: "https://www.msho.org/aws/MSHO/page_template/show_detail/611953?model_name=news_article",
        says: "The amount given is billed, and the discarded part with JW and documentation.")
    case .cam078:
      DrugSource(
        title: "Medical policy CAM 078, discarded drugs",
        date: "n.d.", grade: .authority,
        address: "https://accrue-health.com/web/public/brands/medicalpolicyhb/external-policies/discarded-drugsbiologicals---pharmaceutical-waste",
        says: "Nothing is billed for a drug that was prepared and not given.")
    case .palmettoWaste:
      DrugSource(
        title: "Palmetto, documentation of discarded drugs",
        date: "n.d.", grade: .authority,
        address: "https://www.palmettogba.com/palmetto/jmb.nsf/DID/A3YM2E8383",
        says: "The record shows date, time and quantity of what was discarded.")
    case .palmettoUnlisted:
      DrugSource(
        title: "Palmetto, unlisted drug codes",
        date: "2021", grade: .authority,
        address: "https://www.palmettogba.com/palmetto/jjb.nsf/DID/BY6RTU8205",
        says: "J3490, J3590 and J9999 are for drugs without a code of their own.")
    case .amerihealthNDC:
      DrugSource(
        title: "AmeriHealth Caritas, example of a National Drug Code on a claim",
        date: "n.d.", grade: .authority,
        address: "https://www.amerihealthcaritaspa.com/pharmacy/ndc-example2",
        says: "N4, eleven digits, a unit of measure and the quantity: privigen 100 g is ML 1000, a powder vial UN 1.")
    case .cmsDrugFiles:
      DrugSource(
        title: "CMS, HCPCS, OPPS Addendum B and ASP files", section: "codes, amounts and status",
        date: "2023 to 2026", grade: .authority,
        says: "Which code a drug has on a date, what one unit of it is, and the status in the outpatient hospital.")
    case .priorityRoute:
      DrugSource(
        title: "Priority Health, JA and JB",
        date: "n.d.", grade: .authority,
        address: "https://www.priorityhealth.com/provider/manual/billing/modifiers/ja-jb",
        says: "JA for a drug given by vein and JB for one given under the skin, if its code is for both.")
    case .noridianSelf:
      DrugSource(
        title: "Noridian, list of self-administered drugs",
        date: "n.d.", grade: .authority,
        address: "https://specialtyinfusion.com/exclusion-list/",
        says: "Drugs on the list are not covered when given under the skin.")
    case .rxtrail340B:
      DrugSource(
        title: "RxTrail, 340B modifiers",
        date: "n.d.", grade: .opinion,
        address: "https://www.rxtrail.org/340b-modifiers-return-for-medicare-part-b-claims/",
        says: "From 2024 every 340B entity reports JG or TB.")
    case .hopaRounding:
      DrugSource(
        title: "HOPA, position on rounding of doses",
        date: "2018", grade: .opinion,
        says: "A pharmacy may round a dose within ten per cent; that changes the order.")
    default: nil
    }
  }
}
