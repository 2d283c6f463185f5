//! Names of languages that authors use and grammars do not have.

/// A grammar, and the names that authors have for its language or for a relative that it reads well.
///
/// A relative only where comments, strings and keywords are mostly the same: colours that are wrong are worse than none.
const NAMES: [(&str, &str); 49] = [
    ("apache conf", "apache apacheconf"),
    ("asciidoc (asciidoctor)", "asciidoc"),
    (
        "bash",
        "shell shellscript shell-script console shell-session sh-session bash-session zsh ksh dotenv azurecli azcli curl sed",
    ),
    ("bat", "batch dos doscon"),
    ("c", "cl metal vcl"),
    ("c++", "arduino ino cuda cu hlsl"),
    ("cs", "csharp c# csx"),
    ("css", "postcss pcss"),
    ("cfml", "coldfusion"),
    ("diff", "udiff"),
    ("dockerfile", "docker containerfile"),
    ("dot", "graphviz"),
    ("elixir", "iex"),
    ("erlang", "erl-session"),
    ("f#", "fsharp"),
    ("f90", "fortran"),
    ("gitignore", "dockerignore npmignore helmignore"),
    ("go", "golang"),
    ("graphql", "graphqlschema"),
    ("groovy", "nextflow"),
    ("html", "angular angular-html vue-html razor cshtml aspx ejs mjml svx astro"),
    ("ini", "systemd properties-ini conf-ini odbc"),
    ("jinja2", "django nunjucks njk gotmpl go-template gotemplate go-html-template"),
    ("html (twig)", "liquid handlebars hbs mustache smarty"),
    ("java", "apex processing"),
    ("js", "node mongodb mongosh rescript reason jscript"),
    ("json", "jsonc json5 jsonl ndjson json-schema jsonschema jsonld json-ld geojson hjson har avsc"),
    ("jsx", "javascriptreact"),
    ("latex", "math katex"),
    ("lisp", "scheme elisp emacs-lisp"),
    ("llvm", "llvm-ir"),
    ("markdown", "mdx mdc qmd rmd"),
    ("matlab", "octave"),
    ("nginx", "caddyfile nginxconf"),
    ("objective-c", "objc objectivec"),
    ("pascal", "delphi objectpascal"),
    ("perl", "raku"),
    ("php", "blade"),
    ("powershell", "pwsh azurepowershell azurepowershell-interactive powershell-interactive ps1con"),
    ("protobuf", "proto3 proto2"),
    ("python", "python3 py3 pycon pycon3 ipython sage starlark"),
    ("ruby", "irb"),
    ("rust", "mir"),
    (
        "sql",
        "psql mysql postgres postgresql pgsql plpgsql plsql tsql t-sql transact-sql mssql sqlserver sqlite mariadb oracle bigquery snowflake redshift spark-sql sparksql hive hiveql presto trino duckdb clickhouse cql ksql soql sosl",
    ),
    ("terraform", "hcl2 opentofu tofu terragrunt nomad packer"),
    ("tsx", "typescriptreact"),
    ("typescript", "deno"),
    ("xml", "wsdl soap pom maven plist xslt xul csproj msbuild"),
    (
        "yaml",
        "docker-compose compose kubernetes k8s helm openapi swagger ansible cloudformation cfn github-actions azure-pipelines",
    ),
];

/// The grammar that a language is read by which authors call so, in lower case.
pub(super) fn grammar_of(name: &str) -> &str {
    let is_called = |(_, names): &&(&str, &str)| names.split(' ').any(|other| other == name);
    NAMES.iter().find(is_called).map_or(name, |(grammar, _)| grammar)
}

#[cfg(test)]
pub(super) fn all_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, names)| names.split(' '))
}
