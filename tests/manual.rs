//! The man pages say what `--help` says: they are made from the same definitions.

use clap_mangen::Man;

/// The man page of a command, as roff.
fn page(command: clap::Command) -> String {
    let mut page = Vec::new();
    Man::new(command).render(&mut page).expect("writing to memory succeeds");
    String::from_utf8(page).expect("help texts are UTF-8")
}

#[test]
fn every_command_has_a_page_with_all_of_its_options() {
    let mut program = partner_docs::cli::definition();
    program.build();
    let mut seen = 0;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        let page = page(command.clone());
        let options = command.get_arguments().filter_map(clap::Arg::get_long);
        for option in options.filter(|option| *option != "version") {
            let as_roff = option.replace('-', "\\-");
            assert!(page.contains(&as_roff), "{}: no --{option} in {page}", command.get_name());
        }
        assert!(page.contains(".SH NAME"), "{page}");
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
    assert!(page(program).contains("rename\\-anchor"));
}
