<?php
// Renders each file named after the folder of the settings: its page goes beside it as FILE.html.
// It runs on the command line alone, so nothing of a web server is needed.
if (PHP_SAPI !== 'cli') exit(1);
define('DOKU_INC', $argv[1]);
define('DOKU_CONF', $argv[2]);
define('NOSESSION', 1);
require_once DOKU_INC . 'inc/init.php';
foreach (array_slice($argv, 3) as $file) {
    $info = [];
    $page = p_render('xhtml', p_get_instructions(file_get_contents($file)), $info);
    if ($page === null || $page === '') exit(2);
    file_put_contents("$file.html", $page);
}
