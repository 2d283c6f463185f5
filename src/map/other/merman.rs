//! Calls the crate that draws Mermaid's other diagrams.

use merman::svg::{
    DeterministicTextMeasurer, HostTheme, MeasurementProfileId, Presentation, PresentationError, SvgEnvironment,
    SvgPipeline, SvgRenderOptions, TextMeasurementPolicy, TextMeasurementProfile, TextMeasurementProfileIdentity,
    TextStyle,
};
use merman::{Engine, MermaidConfig, OperationControl, RenderOutput, RenderRequest, Renderer, SvgRequest};

use super::palette;
use crate::diagnostic::bug;
use crate::map::text_width::{FONT_STACK, Weight, width};

/// Draws a diagram as plain SVG, whose ids begin with `id` where Mermaid's do.
pub(super) fn draw(text: &str, id: &str) -> Result<String, String> {
    // Somebody else's parsers: what they stumble over costs a drawing, not the site.
    bug::contained(|| render(text, id)).unwrap_or_else(|_| Err("the parser failed".to_owned()))
}

fn render(text: &str, id: &str) -> Result<String, String> {
    let said = |error: &dyn std::error::Error| error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    let presentation = Presentation::new().with_theme(theme().map_err(|error| said(&error))?).resolve();
    let engine = presentation.materialize_engine(Engine::new()).with_site_config(settings());
    let request = SvgRequest {
        environment: environment().map_err(|error| said(&*error))?,
        pipeline: Some(SvgPipeline::resvg_safe()),
        options: SvgRenderOptions { diagram_id: Some(id.to_owned()), ..SvgRenderOptions::default() },
        presentation: presentation.render_policy(),
        ..SvgRequest::default()
    };
    match Renderer::new().with_engine(engine).render(RenderRequest::svg(text, OperationControl::new(), request)) {
        Ok(RenderOutput::Svg(Some(svg))) => Ok(svg.svg().to_owned()),
        Ok(_) => Err("it is empty".to_owned()),
        Err(error) => Err(said(&error)),
    }
}

/// The colours and letters of maps.
fn theme() -> Result<HostTheme, PresentationError> {
    let theme = HostTheme::new().try_with_font_family(FONT_STACK)?.try_with_series_palette(palette::series())?;
    palette::roles().try_fold(theme, |theme, (role, colour)| theme.try_with_role(role, colour))
}

/// Texts are measured as those of maps are: with room for letters that are wider than usual.
fn environment() -> Result<SvgEnvironment, Box<dyn std::error::Error>> {
    let measurer = DeterministicTextMeasurer::default().with_width_callback(|text, style: &TextStyle| {
        let weight = style.font_weight.as_deref().unwrap_or_default();
        let is_bold = weight.starts_with("bold") || weight.parse().is_ok_and(|weight: u32| weight >= 600);
        // Measured large, because sizes need not be whole.
        let of_hundred = width(text, if is_bold { Weight::Bold } else { Weight::Regular }, 100);
        f64::from(of_hundred) * style.font_size / 100.0
    });
    let identity = TextMeasurementProfileIdentity::new(MeasurementProfileId::new("partner-docs")?, "1")?;
    let profile = TextMeasurementProfile::new(identity, measurer);
    Ok(SvgEnvironment::deterministic().with_text_measurement_policy(TextMeasurementPolicy::uniform(profile)))
}

/// What Mermaid would else do in ways that suit no page.
fn settings() -> MermaidConfig {
    MermaidConfig::from_value(serde_json::json!({
        // Labels in HTML have no place in a drawing that may stand alone.
        "htmlLabels": false,
        "flowchart": { "htmlLabels": false },
        "class": { "htmlLabels": false },
        // Narrow labels would stand at the left of boxes that are made wider for them.
        "state": { "htmlLabels": false, "minNodeWidth": 0 },
        // Whole dates, its usual labels, run into each other.
        "gantt": { "axisFormat": "%-d %b", "fontSize": 13, "sectionFontSize": 13, "leftPadding": 110, "barHeight": 24,
                   "topPadding": 56 },
        "journey": { "actorColours": palette::series() },
    }))
}
