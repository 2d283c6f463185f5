//! How the parts of a map look: outlines, lines, tips, and what authors set by CSS.

/// How an edge is drawn.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum EdgeLine {
    /// `-->`
    Solid,
    /// `-.->`
    Dashed,
    /// `==>`
    Thick,
    /// `~~~`: orders nodes, is not drawn.
    Invisible,
}

/// What an edge ends in.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Tip {
    /// Nothing: `---`
    None,
    /// `-->`
    Arrow,
    /// `--o`
    Circle,
    /// `--x`
    Cross,
}

/// A node's outline.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Shape {
    /// `[text]`
    #[default]
    Rectangle,
    /// `(text)`
    Rounded,
    /// `([text])`
    Stadium,
    /// `[[text]]`
    Subroutine,
    /// `[(text)]`
    Cylinder,
    /// `((text))`
    Circle,
    /// `(((text)))`
    DoubleCircle,
    /// `>text]`
    Flag,
    /// `{text}`
    Diamond,
    /// `{{text}}`
    Hexagon,
    /// `[/text/]`
    LeanRight,
    /// `[\text\]`
    LeanLeft,
    /// `[/text\]`
    Trapezoid,
    /// `[\text/]`
    TrapezoidFlipped,
    /// `@{ shape: doc }`
    Document,
    /// `@{ shape: text }`: words without an outline drawn; the box still counts.
    Text,
}

/// A CSS declaration from `style` or `classDef`, already checked to be harmless.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declaration {
    /// `fill`
    pub property: String,
    /// `#e3f2fd`
    pub value: String,
}

/// A `classDef`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What it sets.
    pub style: Vec<Declaration>,
}
