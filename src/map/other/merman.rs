//! The crate that draws Mermaid's other diagrams.
//! In: the text of a diagram. Out: its SVG, or why there is none.
//! Never knows: findings, which diagrams there are.

use std::panic::{AssertUnwindSafe, catch_unwind};

use merman::svg::{RootBackgroundPostprocessor, SvgPipeline, SvgRenderOptions};
use merman::{OperationControl, RenderOutput, RenderRequest, Renderer, SvgRequest};

/// What drawings stand on: their colours are made for light pages.
const PAPER: &str = "#ffffff";

/// Draws a diagram as plain SVG, whose ids begin with `id` where Mermaid's do.
pub(super) fn draw(text: &str, id: &str) -> Result<String, String> {
    // Somebody else's parsers: what they stumble over costs a drawing, not the site.
    catch_unwind(AssertUnwindSafe(|| render(text, id))).unwrap_or_else(|_| Err("its reader stumbled".to_owned()))
}

fn render(text: &str, id: &str) -> Result<String, String> {
    let request = SvgRequest {
        pipeline: Some(SvgPipeline::resvg_safe().with_postprocessor(RootBackgroundPostprocessor::new(PAPER))),
        options: SvgRenderOptions { diagram_id: Some(id.to_owned()), ..SvgRenderOptions::default() },
        ..SvgRequest::default()
    };
    match Renderer::new().render(RenderRequest::svg(text, OperationControl::new(), request)) {
        Ok(RenderOutput::Svg(Some(svg))) => Ok(svg.svg().to_owned()),
        Ok(_) => Err("nothing is drawn in it".to_owned()),
        Err(error) => Err(error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}
