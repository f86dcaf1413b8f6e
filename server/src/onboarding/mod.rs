//! The page that leads a phone to https, three steps in three languages.
//!
//! It works without scripts: a phone sees it before it trusts this laptop, so nothing that the app relies on works
//! there. One small script says whether the second step has worked. Text in, text out; it knows no HTTP.

mod qr;
mod words;

pub use qr::qr_svg;
pub use words::Language;

use self::words::{Step, Words};

const PAGE: &str = include_str!("page.html");
/// Says on the page whether the phone opens this laptop by https.
pub const TICK: &str = include_str!("tick.js");

const PICTURES: [&str; 3] =
    [include_str!("download.svg"), include_str!("install.svg"), include_str!("open.svg")];

/// What there is to say to one phone, or to the manager who shows it the way.
#[derive(Clone, Copy, Debug)]
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

impl Onboarding<'_> {
    /// The page, as HTML.
    pub fn render(&self) -> String {
        let words = self.language.words();
        let body = match self.https {
            Some(https) => self.steps(words, https),
            None => format!("<p class=\"alarm\">{}</p>", words.no_https),
        };
        let languages = Language::ALL.map(|language| {
            let current = if language == self.language { " aria-current=\"true\"" } else { "" };
            let Words { code, name, .. } = language.words();
            format!(
                "<a href=\"?lang={code}\" hreflang=\"{code}\" lang=\"{code}\"{current}>{name}</a>"
            )
        });
        fill(
            PAGE,
            &[
                ("code", words.code),
                ("title", words.title),
                ("introduction", words.introduction),
                ("languages", &languages.concat()),
                ("scan", &self.scan(words)),
                ("body", &body),
                ("wifi", words.wifi),
            ],
        )
    }

    /// For the laptop's own screen: what a phone reads first.
    fn scan(&self, words: &Words) -> String {
        let Some(http) = self.http else { return String::new() };
        let page = format!("{http}/");
        let code = qr_svg(&page).unwrap_or_default();
        format!("<section class=\"scan\"><p>{}</p>{code}<code>{page}</code></section>", words.scan)
    }

    /// Whether the certificate works, filled in by the script; on the laptop's own screen it would speak of the laptop.
    fn tick(&self, words: &Words, https: &str) -> String {
        if self.http.is_some() {
            return String::new();
        }
        format!(
            "<p id=\"tick\" role=\"status\" hidden data-https=\"{https}\" data-trusted=\"{}\" \
             data-untrusted=\"{}\" data-away=\"{}\"></p><script src=\"/connect/tick.js\" defer></script>",
            words.trusted, words.untrusted, words.away
        )
    }

    fn steps(&self, words: &Words, https: &str) -> String {
        let address = format!("{https}/");
        let download = format!(
            "<a class=\"button\" href=\"/authority.crt\" download=\"chasqui.crt\">{}</a>\
             <p class=\"small\">{}</p>",
            words.download_button, words.only_private
        );
        let places = words.places.map(|(phone, path)| {
            let path = path.replace(" > ", " <b>›</b> ");
            format!("<dt>{phone}</dt><dd>{path}</dd>")
        });
        let tick = self.tick(words, https);
        let install = format!(
            "<details><summary>{}</summary><dl>{}</dl></details><p class=\"small\">{}</p>{tick}",
            words.places_title,
            places.concat(),
            words.screen_lock
        );
        let open = format!(
            "<a class=\"button\" href=\"{address}\">{}</a><code>{address}</code>\
             <details><summary>{}</summary>{}</details>",
            words.open_button,
            words.other_phone,
            qr_svg(&address).unwrap_or_default()
        );
        let [first, second, third] = &words.steps;
        let steps = [(first, download, 0), (second, install, 1), (third, open, 2)];
        let needed = steps.into_iter().filter(|(.., picture)| self.has_authority || *picture == 2);
        let cards: String = needed
            .enumerate()
            .map(|(index, (step, more, picture))| card(index + 1, step, &more, PICTURES[picture]))
            .collect();
        format!("<ol>{cards}</ol>")
    }
}

fn card(number: usize, step: &Step, more: &str, picture: &str) -> String {
    let Step { title, text } = step;
    format!(
        "<li><div class=\"head\"><span class=\"number\">{number}</span><h2>{title}</h2>{picture}</div>\
         <p>{text}</p>{more}</li>"
    )
}

/// A template with each `{{name}}` filled in.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |page, (name, value)| {
        page.replace(&format!("{{{{{name}}}}}"), value)
    })
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
            let page = Onboarding { language, ..PHONES }.render();
            assert_eq!(page.matches("<li>").count(), 3);
            assert!(page.contains("href=\"/authority.crt\""));
            assert!(page.contains("href=\"https://10.42.0.1:8443/\""));
            assert!(page.contains(&format!("<html lang=\"{}\"", language.words().code)));
            assert!(!page.contains("{{"), "every place of the template is filled");
            assert_eq!(page.matches("<script").count(), 1, "the page works without its one script");
            assert!(page.contains("data-https=\"https://10.42.0.1:8443\""));
        }
    }

    #[test]
    fn a_certificate_that_phones_trust_already_is_not_downloaded() {
        let page = Onboarding { has_authority: false, ..PHONES }.render();
        assert_eq!(page.matches("<li>").count(), 1);
        assert!(!page.contains("authority.crt"));
    }

    #[test]
    fn a_laptop_without_https_says_so() {
        let page = Onboarding { https: None, ..PHONES }.render();
        assert!(page.contains(Language::Spanish.words().no_https));
        assert!(!page.contains("<li>"));
    }

    #[test]
    fn the_laptops_own_screen_shows_phones_where_to_begin() {
        let page = Onboarding { http: Some("http://10.42.0.1:8080"), ..PHONES }.render();
        assert!(page.contains("<code>http://10.42.0.1:8080/</code>"));
        assert!(!page.contains("id=\"tick\""), "what this browser trusts says nothing of a phone");
        assert!(!PHONES.render().contains("class=\"scan\""));
    }
}
