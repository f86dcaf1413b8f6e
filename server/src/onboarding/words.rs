//! What the page says, in each language.

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Spanish, also for whoever asks for a language that is not here.
    #[default]
    Spanish,
    /// Portuguese.
    Portuguese,
    /// English.
    English,
}

/// One step, without what it offers to tap.
#[derive(Debug)]
pub(super) struct Step {
    pub title: &'static str,
    pub text: &'static str,
}

/// All of it in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// As in `lang`.
    pub code: &'static str,
    /// What the language calls itself.
    pub name: &'static str,
    pub title: &'static str,
    pub introduction: &'static str,
    /// Above the code on the laptop's own screen.
    pub scan: &'static str,
    pub steps: [Step; 3],
    pub download_button: &'static str,
    pub only_private: &'static str,
    pub places_title: &'static str,
    /// A kind of phone, and the way through its settings.
    pub places: [(&'static str, &'static str); 4],
    pub screen_lock: &'static str,
    /// The phone opens this laptop by https.
    pub trusted: &'static str,
    /// This page comes from the laptop, and https does not work yet.
    pub untrusted: &'static str,
    /// The laptop does not answer at all.
    pub away: &'static str,
    pub open_button: &'static str,
    pub other_phone: &'static str,
    pub wifi: &'static str,
    pub no_https: &'static str,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Spanish, Self::Portuguese, Self::English];

    /// The language of a tag such as `es-PE` or ` pt;q=0.8`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let code = tag.trim_start().get(..2)?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.words().code == code)
    }

    pub(super) const fn words(self) -> &'static Words {
        match self {
            Self::Spanish => &SPANISH,
            Self::Portuguese => &PORTUGUESE,
            Self::English => &ENGLISH,
        }
    }
}

static SPANISH: Words = Words {
    code: "es",
    name: "Español",
    title: "Conectar este teléfono",
    introduction: "Tres pasos, una sola vez. Después la app se abre también sin red.",
    scan: "Conecta el teléfono al mismo wifi que esta laptop y lee este código con su cámara:",
    steps: [
        Step {
            title: "Descargar el certificado",
            text: "Con él, el teléfono reconoce a esta laptop. Si avisa que el archivo puede ser \
                   dañino, toca «Conservar» o «Descargar de todos modos».",
        },
        Step {
            title: "Instalarlo",
            text: "Abre <b>Ajustes</b>, busca <b>certificado</b> con la lupa y toca \
                   <b>Certificado CA</b>. Acepta con «Instalar de todos modos» y elige \
                   <b>chasqui.crt</b> en Descargas.",
        },
        Step {
            title: "Abrir la app",
            text: "Tócala aquí. Luego, en el menú <b>⋮</b> de Chrome: «Agregar a la pantalla \
                   principal».",
        },
    ],
    download_button: "Descargar",
    only_private: "Solo sirve para redes privadas como esta: nadie puede usarlo para hacerse pasar \
                   por una página de internet.",
    places_title: "¿No lo encuentras? El camino, según el teléfono",
    places: [
        (
            "Android 13 o más nuevo",
            "Seguridad y privacidad > Más ajustes de seguridad > Encriptación y credenciales > \
             Instalar un certificado > Certificado CA",
        ),
        (
            "Android 11 y 12",
            "Seguridad > Encriptación y credenciales > Instalar un certificado > Certificado CA",
        ),
        (
            "Samsung",
            "Seguridad y privacidad > Otros ajustes de seguridad > Instalar desde almacenamiento > \
             Certificado CA",
        ),
        (
            "Xiaomi, Redmi, POCO",
            "Contraseñas y seguridad > Privacidad > Encriptación y credenciales > Instalar un \
             certificado > Certificado CA",
        ),
    ],
    screen_lock: "El teléfono puede pedir un PIN o un patrón de pantalla; si no tiene, hay que ponerlo.",
    trusted: "✓ Listo: este teléfono ya abre la laptop por https. Sigue con el paso 3.",
    untrusted: "Todavía no: este teléfono no reconoce el certificado. Esta línea cambia sola cuando esté instalado.",
    away: "La laptop no responde. ¿El teléfono sigue en su wifi?",
    open_button: "Abrir Chasqui",
    other_phone: "Para otro teléfono que ya tiene el certificado",
    wifi: "Quédate en este wifi aunque el teléfono diga «sin internet». Si la app no se abre, apaga \
           los datos móviles.",
    no_https: "Esta laptop no atiende por https, y sin eso un teléfono no puede guardar la app. Pide a \
               quien la maneja que inicie Chasqui con https.",
};

static PORTUGUESE: Words = Words {
    code: "pt",
    name: "Português",
    title: "Conectar este celular",
    introduction: "Três passos, uma única vez. Depois o app abre também sem rede.",
    scan: "Conecte o celular ao mesmo wifi que este notebook e leia este código com a câmera:",
    steps: [
        Step {
            title: "Baixar o certificado",
            text: "Com ele, o celular reconhece este notebook. Se avisar que o arquivo pode ser \
                   perigoso, toque em «Manter» ou «Fazer download mesmo assim».",
        },
        Step {
            title: "Instalá-lo",
            text: "Abra <b>Configurações</b>, procure <b>certificado</b> na lupa e toque em \
                   <b>Certificado de CA</b>. Aceite com «Instalar mesmo assim» e escolha \
                   <b>chasqui.crt</b> em Downloads.",
        },
        Step {
            title: "Abrir o app",
            text: "Toque aqui. Depois, no menu <b>⋮</b> do Chrome: «Adicionar à tela inicial».",
        },
    ],
    download_button: "Baixar",
    only_private: "Só serve para redes privadas como esta: ninguém pode usá-lo para se passar por uma \
                   página da internet.",
    places_title: "Não encontrou? O caminho, conforme o celular",
    places: [
        (
            "Android 13 ou mais novo",
            "Segurança e privacidade > Mais configurações de segurança > Criptografia e \
             credenciais > Instalar um certificado > Certificado de CA",
        ),
        (
            "Android 11 e 12",
            "Segurança > Criptografia e credenciais > Instalar um certificado > Certificado de CA",
        ),
        (
            "Samsung",
            "Segurança e privacidade > Outras configurações de segurança > Instalar do \
             armazenamento > Certificado de CA",
        ),
        (
            "Xiaomi, Redmi, POCO",
            "Senhas e segurança > Privacidade > Criptografia e credenciais > Instalar um \
             certificado > Certificado de CA",
        ),
    ],
    screen_lock: "O celular pode pedir um PIN ou padrão de tela; se não tiver, é preciso criar um.",
    trusted: "✓ Pronto: este celular já abre o notebook por https. Siga com o passo 3.",
    untrusted: "Ainda não: este celular não reconhece o certificado. Esta linha muda sozinha quando estiver instalado.",
    away: "O notebook não responde. O celular continua no wifi dele?",
    open_button: "Abrir Chasqui",
    other_phone: "Para outro celular que já tem o certificado",
    wifi: "Fique neste wifi mesmo que o celular diga «sem internet». Se o app não abrir, desligue os \
           dados móveis.",
    no_https: "Este notebook não atende por https, e sem isso um celular não pode guardar o app. Peça a \
               quem cuida dele que inicie o Chasqui com https.",
};

static ENGLISH: Words = Words {
    code: "en",
    name: "English",
    title: "Connect this phone",
    introduction: "Three steps, only once. After that the app opens without a network too.",
    scan: "Connect the phone to the same wifi as this laptop, and read this code with its camera:",
    steps: [
        Step {
            title: "Download the certificate",
            text: "By it, the phone knows this laptop. If it warns that the file may be harmful, \
                   tap “Keep” or “Download anyway”.",
        },
        Step {
            title: "Install it",
            text: "Open <b>Settings</b>, search for <b>certificate</b>, and tap <b>CA \
                   certificate</b>. Accept with “Install anyway”, and choose <b>chasqui.crt</b> in \
                   Downloads.",
        },
        Step {
            title: "Open the app",
            text: "Tap here. Then, in Chrome's menu <b>⋮</b>: “Add to Home screen”.",
        },
    ],
    download_button: "Download",
    only_private: "It is good for private networks like this one alone: nobody can use it to stand in \
                   for a page on the internet.",
    places_title: "Not there? The way, by phone",
    places: [
        (
            "Android 13 or newer",
            "Security &amp; privacy > More security settings > Encryption &amp; credentials > Install a \
             certificate > CA certificate",
        ),
        (
            "Android 11 and 12",
            "Security > Encryption &amp; credentials > Install a certificate > CA certificate",
        ),
        (
            "Samsung",
            "Security and privacy > Other security settings > Install from phone storage > CA \
             certificate",
        ),
        (
            "Xiaomi, Redmi, POCO",
            "Passwords &amp; security > Privacy > Encryption &amp; credentials > Install a certificate > CA \
             certificate",
        ),
    ],
    screen_lock: "The phone may ask for a screen PIN or pattern; if it has none, one must be set.",
    trusted: "✓ Done: this phone opens the laptop by https. Go on with step 3.",
    untrusted: "Not yet: this phone does not know the certificate. This line changes by itself once it is installed.",
    away: "The laptop does not answer. Is the phone still on its wifi?",
    open_button: "Open Chasqui",
    other_phone: "For another phone that has the certificate already",
    wifi: "Stay on this wifi even if the phone says “no internet”. If the app does not open, turn mobile \
           data off.",
    no_https: "This laptop does not serve https, and without it a phone cannot keep the app. Ask whoever \
               runs it to start Chasqui with https.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_by_its_language_alone() {
        for (tag, language) in [
            ("es", Some(Language::Spanish)),
            ("es-PE", Some(Language::Spanish)),
            (" pt-BR;q=0.9", Some(Language::Portuguese)),
            ("EN", Some(Language::English)),
            ("qu", None),
            ("e", None),
            ("*", None),
            ("ñandú", None),
        ] {
            assert_eq!(Language::of_tag(tag), language, "{tag}");
        }
    }
}
