import { rolldown, } from "rolldown";
import { minify } from "rolldown/experimental";
import zlib from "node:zlib";
const which = process.argv[2] ?? "createSyncLogReader";
const b = await rolldown({ input: "virt", external:/^node:/, platform:"neutral", resolve:{mainFields:["module","main"],conditionNames:["import","default"]},
 plugins:[{name:"v",resolveId(i){return i==="virt"?i:null},load(i){return i==="virt"?`export {${which}} from "${process.cwd()}/src/index.ts"`:null}}]});
const o = await b.generate({format:"esm",minify:false});
const mods = o.output[0].modules; let rows=[];
for (const [id,m] of Object.entries(mods)) { if(!m.code) continue; const r = await minify(id+".js", m.code,{module:false,compress:true,mangle:true}); const c=r.code??""; rows.push([c.length, zlib.gzipSync(c).length, id.replace(/.*(packages|node_modules)\//,"")]); }
rows.sort((a,b)=>b[0]-a[0]);
for(const r of rows) console.log(r.join("\t")); console.log(rows.reduce((a,r)=>a+r[0],0), "sum min");
const all = await b.generate({format:"esm",minify:true}); console.log("total min",all.output[0].code.length,"gz",zlib.gzipSync(all.output[0].code,{level:9}).length);
import {writeFileSync} from "node:fs"; writeFileSync("/tmp/min-"+which+".js", all.output[0].code);
