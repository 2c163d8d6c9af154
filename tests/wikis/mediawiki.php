<?php
// Renders each file named on the command line: its page goes beside it as FILE.html.
require_once getenv('MW_INSTALL_PATH') . '/maintenance/Maintenance.php';

class RenderFiles extends Maintenance {
    public function __construct() {
        parent::__construct();
        $this->addArg('file', 'A page of wikitext', true, true);
    }

    public function execute() {
        $services = MediaWiki\MediaWikiServices::getInstance();
        foreach ($this->parameters->getArgs() as $file) {
            $parser = $services->getParserFactory()->create();
            $options = ParserOptions::newFromAnon();
            // What is done to a page when it is saved: signatures, templates that are put in at once.
            $user = User::newFromName('Tester', false);
            $title = Title::newFromText('Brief');
            $text = $parser->preSaveTransform(file_get_contents($file), $title, $user, $options);
            $page = $parser->parse($text, $title, $options)->getText(['enableSectionEditLinks' => false]);
            file_put_contents("$file.html", $page);
        }
    }
}

$maintClass = RenderFiles::class;
require_once RUN_MAINTENANCE_IF_MAIN;
