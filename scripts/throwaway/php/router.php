<?php
/** For PHP's built-in server: `/wiki/Title` is a page, whatever its name ends in. */

if ( preg_match( '~^/(wiki(/|$)|$)~', strtok( $_SERVER['REQUEST_URI'], '?' ) ) ) {
	$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
	$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
	unset( $_SERVER['PATH_INFO'] );
	require $_SERVER['SCRIPT_FILENAME'];
	return true;
}
return false;
