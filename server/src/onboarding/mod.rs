//! The page that leads a phone to https, three steps in three languages.
//!
//! It works without scripts: a phone sees it before it trusts this laptop, so nothing that the app
//! relies on works there. One small script says whether the second step has worked. Text in, text
//! out; it knows no HTTP.

mod qr;
mod words;

pub use qr::qr_svg;
pub use words::Language;

use askama::Template;

use self::words::Words;

/// Says on the page whether the phone opens this laptop by https.
pub const TICK: &str = include_str!("tick.js");

/// What there is to say to one phone, or to the manager who shows it the way.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page.html")]
pub struct Onboarding<'a> {
    /// The language to say it in.
    pub language: Language,
    /// Where the app is to be opened; `None` if this laptop has no https.
    pub https: Option<&'a str>,
    /// Where phones see this page, for someone who sees it on the laptop itself.
    pub http: Option<&'a str>,
    /// Whether this laptop has an authority of its own that must be trusted first.
    pub has_authority: bool,
}

/// A step, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Download,
    Install,
    Open,
}

impl Onboarding<'_> {
    /// The page, as HTML.
    pub fn page(&self) -> String {
        self.render().expect("a page is written to memory")
    }

    /// The steps that this phone needs, and what is said of them.
    fn steps(&self, words: &'static Words) -> impl Iterator<Item = (Step, &'static words::Step)> {
        let steps = [Step::Download, Step::Install, Step::Open].into_iter().zip(&words.steps);
        let has_authority = self.has_authority;
        steps.filter(move |(step, _)| has_authority || *step == Step::Open)
    }

    /// An address of this laptop as a picture.
    fn code(&self, address: &str) -> String {
        qr_svg(&format!("{address}/")).unwrap_or_default()
    }
}

impl Step {
    fn picture(self) -> &'static str {
        match self {
            Self::Download => include_str!("download.svg"),
            Self::Install => include_str!("install.svg"),
            Self::Open => include_str!("open.svg"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONES: Onboarding<'_> = Onboarding {
        language: Language::Spanish,
        https: Some("https://10.42.0.1:8443"),
        http: None,
        has_authority: true,
    };

    #[test]
    fn each_language_leads_through_three_steps_to_the_address() {
        for language in Language::ALL {
            let page = Onboarding { language, ..PHONES }.page();
            assert_eq!(page.matches("<li>").count(), 3);
            assert!(page.contains("href=\"/authority.crt\""));
            assert!(page.contains("href=\"https://10.42.0.1:8443/\""));
            assert!(page.contains(&format!("<html lang=\"{}\"", language.words().code)));
            assert_eq!(page.matches("<script").count(), 1, "the page works without its one script");
            assert!(page.contains("data-https=\"https://10.42.0.1:8443\""));
        }
    }

    #[test]
    fn a_certificate_that_phones_trust_already_is_not_downloaded() {
        let page = Onboarding { has_authority: false, ..PHONES }.page();
        assert_eq!(page.matches("<li>").count(), 1);
        assert!(!page.contains("authority.crt"));
    }

    #[test]
    fn a_laptop_without_https_says_so() {
        let page = Onboarding { https: None, ..PHONES }.page();
        assert!(page.contains(Language::Spanish.words().no_https));
        assert!(!page.contains("<li>"));
    }

    #[test]
    fn the_laptops_own_screen_shows_phones_where_to_begin() {
        let page = Onboarding { http: Some("http://10.42.0.1:8080"), ..PHONES }.page();
        assert!(page.contains("<code>http://10.42.0.1:8080/</code>"));
        assert!(!page.contains("id=\"tick\""), "what this browser trusts says nothing of a phone");
        assert!(!PHONES.page().contains("class=\"scan\""));
    }
}
