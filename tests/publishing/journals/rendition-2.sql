-- What contentkit had approved while its way of rendering was version 2: nothing split, people mentioned everywhere.
UPDATE approvals SET digest = 'sha256:904b6318b7a800bd9a81871c1031cd2c1424111552d07a52fc19204ff4c60d97',
  manifest = '{"after":"","at":"2026-11-20T09:30:00Z","entry":"on-a-file","late":["post",863913600.0],"rendition":2,"renditions":[{"account":["try","console","","",""],"language":"en","parts":[{"media":[],"post":0,"text":"Every team we talked to had written the same scheduler, says Mara Quist."},{"media":[],"post":1,"text":"We threw the queue away, and made each account a lane of its own."}],"visibility":"public","warning":""}],"waivers":[]}'
WHERE entry = 'on-a-file';
UPDATE approvals SET digest = 'sha256:2e2859928c1614a9e2fcc0385de38a9693a8d82b555ec6d0ba4f78238e539928',
  manifest = '{"after":"","at":"2026-11-20T09:30:00Z","entry":"on-mastodon","late":["post",863913600.0],"rendition":2,"renditions":[{"account":["ours","mastodon","http://127.0.0.1:9","",""],"language":"en","parts":[{"media":[],"post":0,"text":"Every team we talked to had written the same scheduler, says @mara@grove.example."},{"media":[],"post":1,"text":"We threw the queue away, and made each account a lane of its own."}],"visibility":"public","warning":""}],"waivers":[]}'
WHERE entry = 'on-mastodon';
UPDATE approvals SET digest = 'sha256:c81bbc8997fead63fafb11aa060e53a428b7572179cfa96d278dc5b20ad47abd',
  manifest = '{"after":"","at":"2026-11-20T09:30:00Z","entry":"on-x","late":["post",863913600.0],"rendition":2,"renditions":[{"account":["ours-x","x","","",""],"language":"en","parts":[{"media":[],"post":0,"text":"Every team we talked to had written the same scheduler, says @maraquist."},{"media":[],"post":1,"text":"We threw the queue away, and made each account a lane of its own."}],"visibility":"public","warning":""}],"waivers":[]}'
WHERE entry = 'on-x';
