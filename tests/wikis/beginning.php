<?php
// Runs before each page of DokuWiki that a test's web server makes: the wiki is that of the test.
define('DOKU_CONF', getenv('WIKI_FOLDER') . '/conf/');
