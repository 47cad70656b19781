<?php
/**
 * Settings of a throwaway wiki. A copy of this file stands in the wiki's folder.
 *
 * Everything that changes while the wiki runs is in the folder that the link `state` names:
 * the databases, `extra.php` (the caller's own settings), `clock`, `epoch` and `mail/`.
 * So a reset is one change of that link.
 */

$throwawayState = __DIR__ . '/' . readlink( __DIR__ . '/state' );

// A new epoch means that the caches describe something that is no more. Keys that MediaWiki
// makes with makeGlobalKey() carry no prefix, hence the sweep as well. Compiled styles and minified scripts
// may stay: they are known by their contents, and take a second to make.
$wgCachePrefix = basename( $throwawayState ) . '-' . trim( file_get_contents( "$throwawayState/epoch" ) );
if ( PHP_SAPI === 'cli-server' && apcu_fetch( 'throwaway-epoch' ) !== $wgCachePrefix ) {
	apcu_delete( new APCUIterator( '/^(?!global:resourceloader-(filter|mapped|less):)/', APC_ITER_KEY ) );
	apcu_store( 'throwaway-epoch', $wgCachePrefix );
}

// MediaWiki keeps the last time it saw in a file here, and waits for its clock to reach it again.
$wgTmpDirectory = "$throwawayState/tmp/$wgCachePrefix";
if ( !is_dir( $wgTmpDirectory ) ) {
	@mkdir( $wgTmpDirectory, 0777, true ); // another request may be first
}

$wgSitename = 'Throwaway wiki';
$wgMetaNamespace = 'Project';
$wgServer = getenv( 'THROWAWAY_WIKI_URL' );
$wgScriptPath = '';
$wgArticlePath = '/wiki/$1';
$wgUsePathInfo = true;
$wgLanguageCode = 'en';
$wgLocaltimezone = 'UTC';
$wgNamespacesWithSubpages[NS_MAIN] = true;
$wgNamespacesWithSubpages[NS_USER] = true;
$wgNamespacesWithSubpages[NS_PROJECT] = true;
$wgNamespacesWithSubpages[NS_TEMPLATE] = true;
$wgShowExceptionDetails = true;
$wgResourceLoaderStorageEnabled = false;

// Not a secret: the wiki listens on this machine only and lives as long as a test.
$wgSecretKey = 'throwaway';
$wgUpgradeKey = 'throwaway';

// --- Databases

// Nothing here needs to outlive a loss of power.
$throwawayDatabase = [
	'type' => 'sqlite',
	'dbDirectory' => $throwawayState,
	'tablePrefix' => '',
	'variables' => [ 'synchronous' => 'OFF' ],
	'flags' => 0,
];
$wgDBtype = 'sqlite';
$wgDBname = 'wiki';
$wgSQLiteDataDir = $throwawayState;
$wgDBservers = [ [ 'dbname' => 'wiki', 'load' => 1, 'flags' => DBO_DEFAULT ] + $throwawayDatabase ];
$wgJobTypeConf['default'] = [
	'class' => 'JobQueueDB',
	'claimTTL' => 3600,
	'server' => [ 'dbname' => 'wiki_jobqueue', 'trxMode' => 'IMMEDIATE' ] + $throwawayDatabase,
];
$wgJobRunRate = 0;
$wgForceDeferredUpdatesPreSend = true; // an answered edit is complete, but for its jobs

// --- Caches

$wgMainCacheType = CACHE_ACCEL;
$wgObjectCaches[CACHE_DB] = [
	'class' => SqlBagOStuff::class,
	'loggroup' => 'SQLBagOStuff',
	'server' => [ 'dbname' => 'wikicache', 'trxMode' => 'IMMEDIATE' ] + $throwawayDatabase,
	'keyspace' => 'throwaway', // what is in the databases is no cache that a new epoch would void
];
$wgObjectCaches['db-replicated']['keyspace'] = 'throwaway';
$wgResourceLoaderUseObjectCacheForDeps = true;
$wgLocalisationCacheConf['store'] = 'array';
$wgLocalisationCacheConf['storeDirectory'] = getenv( 'THROWAWAY_WIKI_MESSAGES' );
$wgInvalidateCacheOnLocalSettingsChange = false;

// Sessions stand in the database, so that they are part of a snapshot, and outlive any jump of the clock.
$wgSessionCacheType = CACHE_DB;
$wgObjectCacheSessionExpiry = 5 * 365 * 86400;
$wgCookieExpiration = 0;
$wgExtendedLoginCookieExpiration = 0;
// Cookies know no ports, and there may be several wikis at this address.
$wgCookiePrefix = 'throwaway' . parse_url( $wgServer, PHP_URL_PORT );

// --- No limits, no captcha, nothing sent out

$wgRateLimits = [];
$wgPasswordAttemptThrottle = [];
$wgAccountCreationThrottle = [];
$wgPasswordConfig['pbkdf2']['cost'] = '100';
$wgCaptchaTriggers = array_fill_keys(
	[ 'edit', 'create', 'sendemail', 'addurl', 'createaccount', 'badlogin', 'badloginperuser' ], false );
$wgPingback = false;
$wgUseInstantCommons = false;
$wgEnableUploads = false;
$wgHTTPProxy = 'http://127.0.0.1:9';
$wgBlacklistSettings = [];
$wgEmergencyContact = 'admin@wiki.example';
$wgPasswordSender = 'wiki@wiki.example';

// Mail is put into the folder `mail`, unless extra.php names a server on this machine in $wgSMTP.
$wgHooks['AlternateUserMailer'][] =
	static function ( $headers, $to, $from, $subject, $body ) use ( $throwawayState ) {
		if ( $GLOBALS['wgSMTP'] ) {
			return true;
		}
		$lines = [ 'To: ' . implode( ', ', array_map( 'strval', $to ) ), "From: $from", "Subject: $subject" ];
		foreach ( $headers as $name => $value ) {
			if ( !in_array( strtolower( $name ), [ 'to', 'from', 'subject' ] ) ) {
				$lines[] = "$name: $value";
			}
		}
		$name = sprintf( '%.6f-%06d.eml', microtime( true ), random_int( 0, 999999 ) );
		file_put_contents( "$throwawayState/mail/$name", implode( "\n", $lines ) . "\n\n$body" );
		return false;
	};

// --- Skins and extensions

$wgDefaultSkin = 'vector-2022';
wfLoadSkins( [ 'MinervaNeue', 'MonoBook', 'Timeless', 'Vector' ] );
wfLoadExtensions( explode( ',', getenv( 'THROWAWAY_WIKI_EXTENSIONS' ) ) );

$wgVectorNightMode = [ 'logged_in' => true, 'logged_out' => true, 'beta' => true ];
$wgMinervaNightMode = [ 'base' => true, 'loggedin' => true, 'amc' => true ];
$wgDefaultUserOptions['vector-theme'] = 'os';
$wgDefaultUserOptions['minerva-theme'] = 'os';

$wgPFEnableStringFunctions = true;
$wgLinterParseOnDerivedDataUpdate = false; // it would parse every saved page twice
$wgScribuntoDefaultEngine = extension_loaded( 'luasandbox' ) ? 'luasandbox' : 'luastandalone';
$wgScribuntoEngineConf['luastandalone']['luaPath'] = '/usr/bin/lua5.1';
$wgVisualEditorAvailableNamespaces = [ 'Main' => true, 'User' => true, 'Project' => true, 'Template' => true ];
$wgDefaultUserOptions['visualeditor-enable'] = 1;

require "$throwawayState/extra.php";
